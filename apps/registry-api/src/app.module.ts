import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccessModule } from './access/access.module.js';
import { DeclaredRoutes } from './access/declared-routes.js';
import { AccessTokensModule } from './access-tokens/access-tokens.module.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuditedRoutes } from './audit/audited-routes.js';
import { BaseModule } from './base/base.module.js';
import { BlobsModule } from './blobs/blobs.module.js';
import { CatalogModule } from './catalog/catalog.module.js';
import { ComparisonModule } from './comparison/comparison.module.js';
import { CoreModule } from './core.module.js';
import { DatabaseModule } from './database/database.module.js';
import type { Env } from './env.js';
import { EventsModule } from './events/events.module.js';
import { FsckModule } from './fsck/fsck.module.js';
import { GarbageCollectionModule } from './garbage-collection/garbage-collection.module.js';
import { HealthModule } from './health/health.module.js';
import { SilentConnections } from './http/silent-connections.js';
import { JobsModule } from './jobs/jobs.module.js';
import { LifecycleModule } from './lifecycle/lifecycle.module.js';
import { ManifestsModule } from './manifests/manifests.module.js';
import { NamespacesModule } from './namespaces/namespaces.module.js';
import { OidcModule } from './oidc/oidc.module.js';
import { OpenApiModule } from './openapi/openapi.module.js';
import { QuotasModule } from './quotas/quotas.module.js';
import { ReferrersModule } from './referrers/referrers.module.js';
import { RepositoriesModule } from './repositories/repositories.module.js';
import { RepositoryGrantsModule } from './repositories/repository-grants.module.js';
import { RetentionModule } from './retention/retention.module.js';
import { RobotsModule } from './robots/robots.module.js';
import { SearchModule } from './search/search.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { StarsModule } from './stars/stars.module.js';
import { StorageAccountingModule } from './storage-accounting/storage-accounting.module.js';
import { TagsModule } from './tags/tags.module.js';
import { TokenModule } from './token/token.module.js';
import { TrashModule } from './trash/trash.module.js';
import { UploadsModule } from './uploads/uploads.module.js';
import { WelcomeModule } from './welcome/welcome.module.js';

/** The order of the `/v2` modules is that of their routes: longer ones first, the catch-all last. */
@Module({})
export class AppModule {
  static with(env: Env): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CoreModule.with(env),
        DiscoveryModule,
        DatabaseModule,
        AuditModule,
        JobsModule,
        AccessModule,
        UploadsModule,
        BlobsModule,
        ManifestsModule,
        ComparisonModule,
        TagsModule,
        ReferrersModule,
        CatalogModule,
        TokenModule,
        SearchModule,
        RepositoriesModule,
        StarsModule,
        NamespacesModule,
        TrashModule,
        LifecycleModule,
        RetentionModule,
        AccessTokensModule,
        RobotsModule,
        RepositoryGrantsModule,
        SessionsModule,
        AccountsModule,
        OidcModule,
        EventsModule,
        FsckModule,
        GarbageCollectionModule,
        StorageAccountingModule,
        QuotasModule,
        HealthModule,
        OpenApiModule,
        WelcomeModule,
        BaseModule,
      ],
      providers: [SilentConnections, DeclaredRoutes, AuditedRoutes],
    };
  }
}
