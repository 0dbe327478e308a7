import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { clearSessionCookie, sessionCookieValues, setSessionCookie } from '../access/session-cookie.js';
import { Audited } from '../audit/audited.js';
import { ENV, type Env } from '../env.js';
import { clientAddress } from '../http/client-address.js';
import { type CursorPage, cursorPageSchema, type ListPage } from '../http/cursor-page.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Session } from './session.store.js';
import type { NewSessionAnswer, SessionAnswer, SignInBody } from './sessions.schema.js';
import { newSessionSchema, sessionPageSchema, signInSchema } from './sessions.schema.js';
import { currentSessionId, SessionsService, type SignInFrom } from './sessions.service.js';

@ApiTags('sessions')
@Controller('api/v1/sessions')
export class SessionsController {
  constructor(
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Signs in. Reads no other credential: a cookie that counts no more must not be in the way. */
  @Post()
  @Allow('unguarded', 'api')
  @Audited('session.create', () => 'session')
  @Header('Cache-Control', 'private, no-store')
  @ApiCreatedResponse({ standardSchema: newSessionSchema, description: 'The session is in a cookie.' })
  async createSession(
    @Body({ schema: signInSchema }) { username, password }: SignInBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NewSessionAnswer> {
    const { id, secret, endsAt } = await this.sessions.signIn(
      username,
      password,
      signInFrom(request, this.env),
    );
    setSessionCookie(response, this.env, secret, endsAt);
    return { id, username };
  }

  @Get()
  @Allow('account', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: sessionPageSchema })
  async listSessions(
    @From() requester: Requester,
    @Query({ schema: cursorPageSchema }) page: CursorPage,
  ): Promise<ListPage<SessionAnswer>> {
    const { items, nextCursor } = await this.sessions.listSessions(requester, page);
    const current = currentSessionId(requester);
    return { items: items.map((session) => toAnswer(session, current)), nextCursor };
  }

  /** Ends all others: one's own session goes on. */
  @Delete()
  @HttpCode(204)
  @Allow('account', 'api')
  @Audited('session.delete', () => 'session')
  @ApiNoContentResponse()
  async deleteOtherSessions(@From() requester: Requester): Promise<void> {
    await this.sessions.endOtherSessions(requester);
  }

  /** Signs out. */
  @Delete('current')
  @HttpCode(204)
  @Allow('account', 'api')
  @Audited('session.delete', () => 'session')
  @ApiNoContentResponse()
  async deleteCurrentSession(
    @From() requester: Requester,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.endCurrentSession(requester);
    clearSessionCookie(response, this.env);
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('account', 'api')
  @Audited('session.delete', ({ params }) => `session:${params.id}`)
  @ApiNoContentResponse()
  async deleteSession(@From() requester: Requester, @Param('id', IdPipe) id: string): Promise<void> {
    await this.sessions.endSession(requester, id);
  }
}

export function signInFrom(request: Request, env: Env): SignInFrom {
  return {
    address: clientAddress(request, env),
    userAgent: request.headers['user-agent'],
    oldSecrets: sessionCookieValues(request, env),
  };
}

function toAnswer(session: Session, currentId: string | undefined): SessionAnswer {
  return {
    id: session.id,
    isCurrent: session.id === currentId,
    address: session.address ?? null,
    userAgent: session.userAgent ?? null,
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  };
}
