import { Module } from '@nestjs/common';
import { MemberStore } from './member.store.js';
import { MembersController } from './members.controller.js';
import { MembersService } from './members.service.js';
import { NamespaceStore } from './namespace.store.js';
import { NamespaceAccess } from './namespace-access.js';
import { NamespacesController } from './namespaces.controller.js';
import { NamespacesService } from './namespaces.service.js';
import { TeamStore } from './team.store.js';
import { TeamMembersController } from './team-members.controller.js';
import { TeamsController } from './teams.controller.js';
import { TeamsService } from './teams.service.js';

@Module({
  controllers: [NamespacesController, MembersController, TeamsController, TeamMembersController],
  providers: [
    NamespacesService,
    NamespaceStore,
    NamespaceAccess,
    MembersService,
    MemberStore,
    TeamsService,
    TeamStore,
  ],
  exports: [NamespaceAccess],
})
export class NamespacesModule {}
