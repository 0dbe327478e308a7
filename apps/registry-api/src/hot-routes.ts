import type { IncomingMessage, ServerResponse } from 'node:http';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, RequestHandler, Response } from 'express';
import { AccessGuard } from './access/access.guard.js';
import { ROUTE_ACCESS, type RouteAccess } from './access/permission.js';
import type { RegistryRequest } from './access/registry-access.js';
import { BlobsV2Controller } from './blobs/blobs-v2.controller.js';
import { ErrorFilter } from './errors/error.filter.js';
import type { HotRoutes } from './http/registry-adapter.js';
import { digestOf, referenceOf, registryRequestOf } from './http/registry-parameters.js';
import { ManifestsV2Controller } from './manifests/manifests-v2.controller.js';
import { HttpMetrics } from './metrics/http-metrics.js';
import { TagsV2Controller } from './tags/tags-v2.controller.js';

interface HotRoute {
  /** As Express has it, `/v2/*name/manifests/:reference`: for metrics, traces and the log. */
  readonly template: string;
  readonly access: RouteAccess;
  readonly answer: (request: Request, response: Response) => Promise<void>;
}

/** The last two components tell the routes apart. Whatever else an address holds, Express and Nest find its route. */
const HOT_PATH = /^\/v2\/([\w./-]+)\/(?:(manifests)\/([\w.:-]+)|(blobs)\/(\w+:\w+)|(tags)\/list)(?:\?|$)/;

/**
 * The routes of pulls, found by one look at the address, where Express compares it with every route, and called without
 * what Nest does in between. Requests pass the same middleware (`before`, in this order), guard and controllers as by
 * the other way, and errors the same filter.
 */
export function hotRoutes(app: NestExpressApplication, before: readonly RequestHandler[]): HotRoutes {
  const routes = routesOf(app);
  const guard = app.get(AccessGuard, { strict: false });
  const filter = app.get(ErrorFilter);
  const { measure } = app.get(HttpMetrics, { strict: false });

  const serve = async ({ template, access, answer }: HotRoute, request: Request, response: Response) => {
    request.route = { path: template };
    try {
      await guard.admit(access, request, response);
      await answer(request, response);
    } catch (error) {
      filter.answer(error, request, response);
    }
  };
  const pass = inOrder([...before, measure]);

  return (incoming: IncomingMessage, outgoing: ServerResponse): boolean => {
    const found = HOT_PATH.exec(incoming.url ?? '');
    if (!found) return false;
    const [, name = '', manifests, reference = '', blobs, digest = '', tags] = found;
    const route = routes.get(`${incoming.method} ${manifests ?? blobs ?? tags}`);
    if (!route) return false;
    const [request, response] = [incoming as Request, outgoing as Response];
    request.res = response;
    request.params = { name, reference, digest };
    response.locals = Object.create(null);
    pass(request, response, () => {
      serve(route, request, response).catch(() => response.destroy());
    });
    return true;
  };
}

function routesOf(app: NestExpressApplication): ReadonlyMap<string, HotRoute> {
  const controllerOf = <C>(type: new (...args: never[]) => C): C => app.get(type, { strict: false });
  const manifests = controllerOf(ManifestsV2Controller);
  const blobs = controllerOf(BlobsV2Controller);
  const tags = controllerOf(TagsV2Controller);
  return new Map([
    [
      'GET manifests',
      hotRoute(manifests, 'getManifest', referenceOf, (...given) => manifests.getManifest(...given)),
    ],
    [
      'HEAD manifests',
      hotRoute(manifests, 'headManifest', referenceOf, (...given) => manifests.headManifest(...given)),
    ],
    ['GET blobs', hotRoute(blobs, 'getBlob', digestOf, (...given) => blobs.getBlob(...given))],
    ['HEAD blobs', hotRoute(blobs, 'headBlob', digestOf, (...given) => blobs.headBlob(...given))],
    [
      'GET tags',
      hotRoute(tags, 'getTags', queryOf, (asked, query, _request, response) =>
        tags.getTags(asked, query, response),
      ),
    ],
  ]);
}

const queryOf = ({ query }: Request) => query;

/** A handler with what its controller declares of it, and how its parameter is read, before the repository's name as by Nest. */
function hotRoute<Parameter>(
  controller: object,
  handler: string,
  parameterOf: (request: Request) => Parameter,
  call: (asked: RegistryRequest, parameter: Parameter, request: Request, response: Response) => Promise<void>,
): HotRoute {
  const path: string = Reflect.getMetadata(PATH_METADATA, controller.constructor);
  const access: RouteAccess = Reflect.getMetadata(ROUTE_ACCESS, Reflect.get(controller, handler));
  const answer = (request: Request, response: Response) => {
    const parameter = parameterOf(request);
    return call(registryRequestOf(request, access), parameter, request, response);
  };
  return { template: `/${path}`, access, answer };
}

/** Middleware one after another, each of which may answer instead of those after it. */
function inOrder(handlers: readonly RequestHandler[]) {
  return (request: Request, response: Response, served: () => void): void => {
    const from = (index: number): void => {
      const handler = handlers[index];
      if (handler) handler(request, response, () => from(index + 1));
      else served();
    };
    from(0);
  };
}
