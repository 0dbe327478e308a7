import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import type { Area } from './authenticator.js';
import type { Requester } from './credential.js';
import type { Action } from './policy.js';

/**
 * What a route needs:
 * - an action on the repository of its path, which the service decides with the facts of its own look-up;
 * - `anyone`: no credential needed, though one that is sent must count; lists filter by it;
 * - `user`: somebody signed in; `admin`: an instance admin, absent for everybody else;
 * - `account`: a person's own account (password, sessions): no robot, and no credential narrowed to less than `admin`;
 * - `unguarded`: no credential is even read (health, static answers).
 */
export type Permission = Action | 'anyone' | 'user' | 'account' | 'admin' | 'unguarded';

export interface RouteAccess {
  readonly permission: Permission;
  readonly area: Area;
}

export const ROUTE_ACCESS = 'berth:route-access';

/** Declares what a route needs; a route without a declaration keeps Berth from starting. */
export function Allow(permission: Permission, area: Area): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(ROUTE_ACCESS, { permission, area } satisfies RouteAccess));
}

/** The requester that the guard read from the request. */
export const From = createParamDecorator((_data: unknown, context: ExecutionContext): Requester => {
  const { user } = context.switchToHttp().getRequest<Request>();
  if (!user) throw new Error('the route is unguarded and has no requester');
  return user;
});
