import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { Response } from 'express';
import { ENV, type Env } from '../env.js';
import { LOGGER, type Logger } from '../http/logger.js';
import { clearLoginCookie } from './login-cookie.js';
import { SignInRefused } from './sign-in-refused.js';

/** Takes the person to the page that says in words what went wrong. */
@Catch(SignInRefused)
export class SignInRefusedFilter implements ExceptionFilter<SignInRefused> {
  constructor(
    @Inject(ENV) private readonly env: Env,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  catch(refused: SignInRefused, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const { refusal, journey, cause } = refused;
    if (cause !== undefined)
      this.logger.warn(
        { refusal, provider: journey.provider, why: sentences(cause) },
        'sign-in by a provider failed',
      );
    clearLoginCookie(response, this.env);
    response.setHeader('Cache-Control', 'private, no-store');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.redirect(pageOf(refused));
  }
}

function pageOf({ refusal, journey: { provider, next, isLinking } }: SignInRefused): string {
  const page = new URL(isLinking ? next : '/login', 'http://berth.invalid');
  page.searchParams.set('error', refusal);
  page.searchParams.set('provider', provider);
  if (!isLinking && next !== '/') page.searchParams.set('next', next);
  return page.pathname + page.search + page.hash;
}

/** What the error says and not what it holds: tokens and codes among it. */
function sentences(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { code, error: said, error_description: description } = error as Error & Record<string, unknown>;
  const facts = [error.message, code, said, description].filter((fact) => typeof fact === 'string');
  return [facts.join(' · '), ...sentences(error.cause)];
}
