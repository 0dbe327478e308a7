import type { ResourceScope } from '@berth/auth';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { AUDITED, type AuditedRoute } from '../audit/audited-route.js';
import { ENV, type Env } from '../env.js';
import { Unauthorized } from '../errors/domain-errors.js';
import { SessionActivity } from '../sessions/session-activity.js';
import { AccessService } from './access.service.js';
import { AuditRefusals } from './audit-refusals.js';
import { Authenticator } from './authenticator.js';
import { CredentialUses } from './credential-uses.js';
import { ROUTE_ACCESS, type RouteAccess } from './permission.js';
import { RefusedRequests } from './refused-requests.js';
import { RefusedSignIns } from './refused-sign-ins.js';
import { challengeScope } from './registry-access.js';
import { refuseOtherSites } from './same-origin.js';
import { isSignedInPermission, requireSignedIn } from './signed-in.js';

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
    @Inject(AuditRefusals) private readonly refusals: AuditRefusals,
    @Inject(CredentialUses) private readonly uses: CredentialUses,
    @Inject(RefusedRequests) private readonly refusedRequests: RefusedRequests,
    @Inject(RefusedSignIns) private readonly refusedSignIns: RefusedSignIns,
    @Inject(SessionActivity) private readonly sessions: SessionActivity,
    @Inject(ENV) private readonly env: Env,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!route)
      throw new Error(`${context.getClass().name}.${context.getHandler().name} declares no permission`);
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    try {
      await this.admit(route, request, response);
    } catch (error) {
      const audited = this.reflector.get<AuditedRoute | undefined>(AUDITED, context.getHandler());
      if (audited) await this.refusals.record(audited, request, error);
      throw error;
    }
    return true;
  }

  /** What `canActivate` does, for a route whose declaration is known and that has no entry in the audit log. */
  async admit(route: RouteAccess, request: Request, response: Response): Promise<void> {
    if (route.permission !== 'unguarded') {
      const authentication = await this.authenticator.authenticate(request, response, route.area);
      if (!authentication.ok) {
        const reason = authentication.presented === 'bearer' ? 'invalid_token' : undefined;
        throw new Unauthorized(scopesAsked(request, route), reason, sentence(authentication.failure.message));
      }
      request.user = authentication.requester;
      this.uses.watch(authentication.requester, response);
      this.refusedRequests.watch(route, request, response);
    }
    if (route.area === 'api') refuseOtherSites(request, this.env);
    if (!request.user || !isSignedInPermission(route.permission)) return;
    const facts = await this.access.whoIs(request.user.credential);
    request.user = { ...request.user, facts };
    await this.refusedSignIns.note({ ...request.user, facts });
    requireSignedIn(facts, route.permission);
    if (request.user.presented === 'session' && facts.credentialId) this.sessions.touch(facts.credentialId);
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
