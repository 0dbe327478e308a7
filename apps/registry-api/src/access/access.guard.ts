import type { ResourceScope } from '@berth/auth';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { ENV, type Env } from '../env.js';
import { NotFound, Unauthorized } from '../errors/domain-errors.js';
import { AccessService } from './access.service.js';
import { Authenticator } from './authenticator.js';
import type { Requester } from './credential.js';
import { ROUTE_ACCESS, type RouteAccess } from './permission.js';
import { challengeScope, problemSentence } from './registry-access.js';
import { isSameOrigin } from './same-origin.js';

/**
 * Reads the requester of every request and decides what needs no repository. Where a route names an action on a
 * repository, the service decides with the facts of the look-up it makes anyway, so that this costs no round trip.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!route)
      throw new Error(`${context.getClass().name}.${context.getHandler().name} declares no permission`);
    if (route.permission === 'unguarded') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const authentication = await this.authenticator.authenticate(request, response, route.area);
    if (!authentication.ok) {
      const reason = authentication.presented === 'bearer' ? 'invalid_token' : undefined;
      throw new Unauthorized(scopesAsked(request, route), reason, sentence(authentication.failure.message));
    }
    request.user = authentication.requester;
    if (authentication.requester.presented === 'session' && !isSameOrigin(request, this.env)) {
      throw new Unauthorized(
        [],
        undefined,
        'This request came from another site: it is not answered with your session.',
      );
    }
    if (route.permission === 'user' || route.permission === 'admin')
      await this.requireUser(request.user, route.permission);
    return true;
  }

  private async requireUser(requester: Requester, permission: 'user' | 'admin'): Promise<void> {
    const facts = await this.access.whoIs(requester.credential);
    if (facts.credentialProblem)
      throw new Unauthorized([], undefined, problemSentence(facts.credentialProblem));
    if (permission === 'admin') {
      const isInScope = facts.scopes === undefined || facts.scopes.includes('admin');
      if (facts.principal.kind !== 'user' || !facts.principal.isAdmin || !isInScope) throw new NotFound();
      return;
    }
    if (facts.principal.kind === 'anonymous') throw new Unauthorized([]);
  }
}

function scopesAsked(request: Request, route: RouteAccess): ResourceScope[] {
  const { name } = request.params as { name?: string | string[] };
  if (name === undefined || route.area !== 'registry') return [];
  const asked = Array.isArray(name) ? name.join('/') : name;
  const action = route.permission === 'push' || route.permission === 'delete' ? route.permission : 'pull';
  return [challengeScope(asked, action)];
}

function sentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
