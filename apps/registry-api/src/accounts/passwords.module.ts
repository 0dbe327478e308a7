import { Module } from '@nestjs/common';
import { PasswordVerifier } from './password-verifier.js';

@Module({ providers: [PasswordVerifier], exports: [PasswordVerifier] })
export class PasswordsModule {}
