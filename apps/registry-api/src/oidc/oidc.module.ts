import { Module } from '@nestjs/common';
import { SignInStore } from '../accounts/sign-in.store.js';
import { UserStore } from '../accounts/user.store.js';
import { NamespacesModule } from '../namespaces/namespaces.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { FirstSignIn } from './first-sign-in.js';
import { IdentityStore } from './identity.store.js';
import { OidcController } from './oidc.controller.js';
import { OidcAuthentication } from './oidc-authentication.js';
import { OidcLoginStore } from './oidc-login.store.js';
import { OidcLogins } from './oidc-logins.service.js';
import { OidcProviders } from './oidc-providers.js';
import { OidcSignIn } from './oidc-sign-in.service.js';
import { OwnIdentitiesController } from './own-identities.controller.js';
import { OwnIdentities } from './own-identities.service.js';
import { ProviderExchange } from './provider-exchange.js';
import { TeamGroupStore } from './team-group.store.js';
import { TeamGroupsController } from './team-groups.controller.js';
import { TeamGroups } from './team-groups.service.js';
import { TeamsOfGroups } from './teams-of-groups.js';

@Module({
  imports: [NamespacesModule, SessionsModule],
  controllers: [OidcController, OwnIdentitiesController, TeamGroupsController],
  providers: [
    FirstSignIn,
    IdentityStore,
    OidcAuthentication,
    OidcLogins,
    OidcLoginStore,
    OidcProviders,
    OidcSignIn,
    OwnIdentities,
    ProviderExchange,
    SignInStore,
    TeamGroups,
    TeamGroupStore,
    TeamsOfGroups,
    UserStore,
  ],
})
export class OidcModule {}
