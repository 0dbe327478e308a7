import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PasswordsModule } from '../accounts/passwords.module.js';
import { SessionActivityModule } from '../sessions/session-activity.module.js';
import { SigningKeysModule } from '../token/signing-keys.module.js';
import { AccessGuard } from './access.guard.js';
import { AccessService } from './access.service.js';
import { AuditRefusals } from './audit-refusals.js';
import { Authenticator } from './authenticator.js';
import { CredentialUseStore } from './credential-use.store.js';
import { CredentialUses } from './credential-uses.js';
import { RefusedRequests } from './refused-requests.js';
import { RefusedSignIns } from './refused-sign-ins.js';
import { RepositoryViews } from './repository-views.service.js';
import { VisibleLists } from './visible-lists.service.js';

/** Who may do what: global, since every feature asks it. */
@Global()
@Module({
  imports: [PasswordsModule, SessionActivityModule, SigningKeysModule],
  providers: [
    AccessService,
    AuditRefusals,
    Authenticator,
    CredentialUses,
    RefusedRequests,
    RefusedSignIns,
    CredentialUseStore,
    RepositoryViews,
    VisibleLists,
    AccessGuard,
    { provide: APP_GUARD, useExisting: AccessGuard },
  ],
  exports: [
    AccessService,
    AuditRefusals,
    Authenticator,
    CredentialUses,
    RefusedSignIns,
    RepositoryViews,
    VisibleLists,
  ],
})
export class AccessModule {}
