import { Module } from '@nestjs/common';
import { PasswordsModule } from '../accounts/passwords.module.js';
import { SessionStore } from './session.store.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [PasswordsModule],
  controllers: [SessionsController],
  providers: [SessionsService, SessionStore],
  exports: [SessionsService],
})
export class SessionsModule {}
