import { AccessTokenEntity } from '../access-tokens/access-token.entity.js';
import { PasswordLinkEntity } from '../accounts/password-link.entity.js';
import { SignInFailureEntity } from '../accounts/sign-in-failure.entity.js';
import { UserEntity } from '../accounts/user.entity.js';
import { AuditEntryEntity } from '../audit/audit-entry.entity.js';
import { BlobEntity, RepositoryBlobEntity } from '../blobs/blob.entity.js';
import { EventEntity } from '../events/event.entity.js';
import { FsckRunEntity } from '../fsck/fsck-run.entity.js';
import { LinkCheckEntity, RemovedBlobEntity } from '../garbage-collection/garbage-collection.entity.js';
import { JobRunEntity } from '../jobs/job-run.entity.js';
import { LifecycleRulesEntity } from '../lifecycle/lifecycle-rules.entity.js';
import { ManifestEntity, ManifestReferenceEntity } from '../manifests/manifest.entity.js';
import { NamespaceEntity, NamespaceMemberEntity } from '../namespaces/namespace.entity.js';
import { TeamEntity, TeamMemberEntity } from '../namespaces/team.entity.js';
import { OidcLoginEntity, TeamGroupEntity, UserIdentityEntity } from '../oidc/oidc.entity.js';
import {
  IndexPullEntity,
  RepositoryPullDayEntity,
  TagPullDayEntity,
  TagPullsEntity,
} from '../pulls/pull.entity.js';
import { QuotaEntity } from '../quotas/quota.entity.js';
import { RepositoryEntity } from '../repositories/repository.entity.js';
import { RepositoryGrantEntity } from '../repositories/repository-grant.entity.js';
import { RepositorySummaryEntity } from '../repositories/repository-summary.entity.js';
import { RetentionRunEntity } from '../retention/retention-run.entity.js';
import { RobotEntity } from '../robots/robot.entity.js';
import { SearchWordEntity } from '../search/search-word.entity.js';
import { SessionEntity } from '../sessions/session.entity.js';
import { StarEntity } from '../stars/star.entity.js';
import {
  NamespaceBlobEntity,
  StorageDeltaEntity,
  StorageUsageEntity,
} from '../storage-accounting/storage-usage.entity.js';
import { TagEntity, TagMoveEntity } from '../tags/tag.entity.js';
import { RefreshTokenEntity } from '../token/refresh-token.entity.js';
import { SigningKeyEntity } from '../token/signing-key.entity.js';
import { TrashedManifestEntity, TrashedReferenceEntity, TrashedTagEntity } from '../trash/trash.entity.js';
import { UploadEntity } from '../uploads/upload.entity.js';

/** Every entity; `npm run check` compares their columns with the migrated schema. */
export const entities = [
  UserEntity,
  SessionEntity,
  PasswordLinkEntity,
  SignInFailureEntity,
  NamespaceEntity,
  NamespaceMemberEntity,
  TeamEntity,
  TeamMemberEntity,
  TeamGroupEntity,
  UserIdentityEntity,
  OidcLoginEntity,
  AccessTokenEntity,
  RobotEntity,
  RepositoryEntity,
  RepositorySummaryEntity,
  RepositoryGrantEntity,
  StarEntity,
  SearchWordEntity,
  BlobEntity,
  RepositoryBlobEntity,
  ManifestEntity,
  ManifestReferenceEntity,
  LifecycleRulesEntity,
  RetentionRunEntity,
  TagEntity,
  TagMoveEntity,
  TrashedManifestEntity,
  TrashedReferenceEntity,
  TrashedTagEntity,
  TagPullsEntity,
  TagPullDayEntity,
  RepositoryPullDayEntity,
  IndexPullEntity,
  UploadEntity,
  RefreshTokenEntity,
  SigningKeyEntity,
  AuditEntryEntity,
  EventEntity,
  JobRunEntity,
  FsckRunEntity,
  LinkCheckEntity,
  RemovedBlobEntity,
  NamespaceBlobEntity,
  StorageUsageEntity,
  StorageDeltaEntity,
  QuotaEntity,
];
