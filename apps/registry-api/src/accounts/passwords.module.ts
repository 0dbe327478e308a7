import { Module } from '@nestjs/common';
import { PasswordVerifier } from './password-verifier.js';
import { PasswordWork } from './password-work.js';
import { SignInStore } from './sign-in.store.js';

@Module({
  providers: [PasswordVerifier, PasswordWork, SignInStore],
  exports: [PasswordVerifier, PasswordWork],
})
export class PasswordsModule {}
