import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccountAdmission } from './account-admission.js';
import { AccountChangeStore } from './account-change.store.js';
import { AdminUsersController } from './admin-users.controller.js';
import { ExpiredSignIns } from './expired-sign-ins.js';
import { LinkedPasswords } from './linked-passwords.service.js';
import { MeController } from './me.controller.js';
import { OwnAccount } from './own-account.service.js';
import { PasswordLinkStore } from './password-link.store.js';
import { PasswordLinks } from './password-links.js';
import { PasswordResetsController } from './password-resets.controller.js';
import { PasswordsModule } from './passwords.module.js';
import { UserStore } from './user.store.js';
import { UserAdministration } from './user-administration.service.js';
import { UserRemovalStore } from './user-removal.store.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [PasswordsModule, SessionsModule],
  controllers: [UsersController, MeController, PasswordResetsController, AdminUsersController],
  providers: [
    UsersService,
    AccountAdmission,
    UserAdministration,
    OwnAccount,
    LinkedPasswords,
    PasswordLinks,
    ExpiredSignIns,
    UserStore,
    AccountChangeStore,
    UserRemovalStore,
    PasswordLinkStore,
  ],
})
export class AccountsModule {}
