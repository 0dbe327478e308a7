import {
  Digest,
  InvalidDigest,
  InvalidReference,
  InvalidRepositoryName,
  parseReference,
  type Reference,
  RepositoryName,
} from '@berth/oci';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { ROUTE_ACCESS, type RouteAccess } from '../access/permission.js';
import type { RegistryRequest } from '../access/registry-access.js';
import { DigestInvalid, NameInvalid, TagInvalid } from '../errors/domain-errors.js';

/** The repository, the requester and the declared action of a `/v2/<name>/…` request. */
export const Registry = createParamDecorator((_data: unknown, context: ExecutionContext): RegistryRequest => {
  const access = Reflect.getMetadata(ROUTE_ACCESS, context.getHandler()) as RouteAccess | undefined;
  return registryRequestOf(context.switchToHttp().getRequest<Request>(), access);
});

/** The `<digest>` of the path. */
export const DigestParameter = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Digest =>
    digestOf(context.switchToHttp().getRequest<Request>()),
);

/** The `<reference>` of the path: a tag or a digest. */
export const ReferenceParameter = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Reference =>
    referenceOf(context.switchToHttp().getRequest<Request>()),
);

export function registryRequestOf(request: Request, access: RouteAccess | undefined): RegistryRequest {
  const action = access?.permission;
  if (!request.user || (action !== 'pull' && action !== 'push' && action !== 'delete')) {
    throw new Error('the route does not declare what it does to a repository');
  }
  const asked = joined(request.params.name);
  return { requester: request.user, repository: { name: parseName(asked), asked }, action };
}

export function digestOf(request: Request): Digest {
  return parseDigest(joined(request.params.digest));
}

export function referenceOf(request: Request): Reference {
  const text = joined(request.params.reference);
  try {
    return parseReference(text);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    const Fault = error.kind === 'tag' ? TagInvalid : DigestInvalid;
    throw new Fault(error.message, { reference: text }, { cause: error });
  }
}

export function parseDigest(text: string): Digest {
  try {
    return Digest.parse(text);
  } catch (error) {
    if (!(error instanceof InvalidDigest)) throw error;
    throw new DigestInvalid(error.message, { digest: text }, { cause: error });
  }
}

export function parseName(text: string): RepositoryName {
  try {
    return RepositoryName.parse(text);
  } catch (error) {
    if (!(error instanceof InvalidRepositoryName)) throw error;
    throw new NameInvalid(error.message, { name: text }, { cause: error });
  }
}

/** Express 5 gives a wildcard as a list of its components. */
function joined(parameter: string | string[] | undefined): string {
  return Array.isArray(parameter) ? parameter.join('/') : (parameter ?? '');
}
