import { Module } from '@nestjs/common';
import { PasswordVerifier } from './password-verifier.js';
import { PasswordWork } from './password-work.js';
import { SignInStore } from './sign-in.store.js';
import { SignUpLimit } from './sign-up-limit.js';

@Module({
  providers: [PasswordVerifier, PasswordWork, SignInStore, SignUpLimit],
  exports: [PasswordVerifier, PasswordWork, SignUpLimit],
})
export class PasswordsModule {}
