import { Inject, Injectable, type OnApplicationBootstrap, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ROUTE_ACCESS, type RouteAccess } from '../access/permission.js';
import { AUDITED } from './audited-route.js';

/** No change goes unrecorded: a route of the API that is no GET and not `Audited` keeps the process from starting. */
@Injectable()
export class AuditedRoutes implements OnApplicationBootstrap {
  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(MetadataScanner) private readonly scanner: MetadataScanner,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const unrecorded = this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, (...args: unknown[]) => unknown>;
      const handlers = this.scanner.getAllMethodNames(prototype).filter((method) => {
        const handler = prototype[method];
        return handler !== undefined && metatype && this.isUnrecorded(handler, metatype);
      });
      return handlers.map((method) => `${metatype?.name}.${method}`);
    });
    if (unrecorded.length > 0)
      throw new Error(`these routes declare no entry of the audit log: ${unrecorded.join(', ')}`);
  }

  private isUnrecorded(handler: (...args: unknown[]) => unknown, controller: object): boolean {
    if (!Reflect.hasMetadata(PATH_METADATA, handler) || Reflect.hasMetadata(AUDITED, handler)) return false;
    if (Reflect.getMetadata(METHOD_METADATA, handler) === RequestMethod.GET) return false;
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [
      handler,
      controller as () => void,
    ]);
    return access?.area === 'api';
  }
}
