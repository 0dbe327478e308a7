import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { TestApp } from '../support/app.js';

/** Every route of the running app as its controllers declare it: `GET /v2/*name/tags/list`. */
export function routesOf({ nest }: TestApp): string[] {
  const scanner = nest.get(MetadataScanner, { strict: false });
  const controllers = nest.get(DiscoveryService, { strict: false }).getControllers();
  return controllers.flatMap(({ instance, metatype }) => {
    const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
    return scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
      return texts(Reflect.getMetadata(PATH_METADATA, metatype as object)).flatMap((base) =>
        texts(Reflect.getMetadata(PATH_METADATA, handler)).map((path) => `${method} ${joined(base, path)}`),
      );
    });
  });
}

function texts(path: string | string[]): string[] {
  return typeof path === 'string' ? [path] : path;
}

function joined(...parts: string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;
}
