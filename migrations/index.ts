import { CreateCore1795430400000 } from './1795430400000-create-core.js';
import { CreateAccess1795434000000 } from './1795434000000-create-access.js';
import { RotateAccessTokens1795437600000 } from './1795437600000-rotate-access-tokens.js';
import { LimitSignIns1795441200000 } from './1795441200000-limit-sign-ins.js';
import { DescribeContent1795451400000 } from './1795451400000-describe-content.js';
import { SummariseRepositories1795455000000 } from './1795455000000-summarise-repositories.js';
import { CountPulls1795456800000 } from './1795456800000-count-pulls.js';
import { SignInByOidc1795458600000 } from './1795458600000-sign-in-by-oidc.js';
import { SearchForgivingly1795462200000 } from './1795462200000-search-forgivingly.js';
import { FindTagsByName1795465800000 } from './1795465800000-find-tags-by-name.js';
import { NotePulledIndexes1795480000000 } from './1795480000000-note-pulled-indexes.js';
import { CreateJobRuns1795645800000 } from './1795645800000-create-job-runs.js';
import { ListAliases1795646000000 } from './1795646000000-list-aliases.js';
import { FindSignIns1795650000000 } from './1795650000000-find-sign-ins.js';
import { KeepDeleted1795652000000 } from './1795652000000-keep-deleted.js';
import { CheckStore1795658400000 } from './1795658400000-check-store.js';
import { FindEventsByTime1795659600000 } from './1795659600000-find-events-by-time.js';
import { AccountStorage1795660000000 } from './1795660000000-account-storage.js';
import { LimitStorage1795663800000 } from './1795663800000-limit-storage.js';
import { RuleLifecycles1795667400000 } from './1795667400000-rule-lifecycles.js';
import { FindWordsByIndex1795671000000 } from './1795671000000-find-words-by-index.js';
import { HoldSmallUploads1795720000000 } from './1795720000000-hold-small-uploads.js';
import { RecordRetentionRuns1795770000000 } from './1795770000000-record-retention-runs.js';
import { FindDeletedTags1795790000000 } from './1795790000000-find-deleted-tags.js';
import { CountNewLinks1795800000000 } from './1795800000000-count-new-links.js';

/** Every migration, oldest first. A merged one is never edited. */
export const migrations = [
  CreateCore1795430400000,
  CreateAccess1795434000000,
  RotateAccessTokens1795437600000,
  LimitSignIns1795441200000,
  DescribeContent1795451400000,
  SummariseRepositories1795455000000,
  CountPulls1795456800000,
  SignInByOidc1795458600000,
  SearchForgivingly1795462200000,
  FindTagsByName1795465800000,
  NotePulledIndexes1795480000000,
  CreateJobRuns1795645800000,
  ListAliases1795646000000,
  FindSignIns1795650000000,
  KeepDeleted1795652000000,
  CheckStore1795658400000,
  FindEventsByTime1795659600000,
  AccountStorage1795660000000,
  LimitStorage1795663800000,
  RuleLifecycles1795667400000,
  FindWordsByIndex1795671000000,
  HoldSmallUploads1795720000000,
  RecordRetentionRuns1795770000000,
  FindDeletedTags1795790000000,
  CountNewLinks1795800000000,
];
