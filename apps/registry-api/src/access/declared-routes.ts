import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ROUTE_ACCESS } from './permission.js';

/** Refused by default: a route that declares no permission keeps the process from starting. */
@Injectable()
export class DeclaredRoutes implements OnApplicationBootstrap {
  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(MetadataScanner) private readonly scanner: MetadataScanner,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const undeclared = this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, (...args: unknown[]) => unknown>;
      const handlers = this.scanner.getAllMethodNames(prototype).filter((method) => {
        const handler = prototype[method];
        if (handler === undefined || !Reflect.hasMetadata(PATH_METADATA, handler) || !metatype) return false;
        return !this.reflector.getAllAndOverride(ROUTE_ACCESS, [handler, metatype]);
      });
      return handlers.map((method) => `${metatype?.name}.${method}`);
    });
    if (undeclared.length > 0)
      throw new Error(`these routes declare no permission: ${undeclared.join(', ')}`);
  }
}
