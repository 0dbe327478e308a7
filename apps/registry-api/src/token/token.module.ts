import { type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common';
import { urlencoded } from 'express';
import { RefreshTokenStore } from './refresh-token.store.js';
import { SigningKeysModule } from './signing-keys.module.js';
import { TokenController } from './token.controller.js';
import { TokenService } from './token.service.js';
import { UnusedRefreshTokens } from './unused-refresh-tokens.js';

/** More than any client sends: a secret, and scopes for a hundred repositories. */
const FORM_LIMIT_BYTES = 128 * 1024;

@Module({
  imports: [SigningKeysModule],
  controllers: [TokenController],
  providers: [TokenService, RefreshTokenStore, UnusedRefreshTokens],
})
export class TokenModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    const form = urlencoded({ extended: false, limit: FORM_LIMIT_BYTES, parameterLimit: 200 });
    consumer.apply(form).forRoutes({ path: 'token', method: RequestMethod.POST });
  }
}
