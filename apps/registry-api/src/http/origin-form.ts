import type { IncomingMessage, Server } from 'node:http';

/**
 * Takes the server's own name out of targets that name it too (`GET http://host/v2/`, RFC 9112, section 3.2.2) before
 * anybody looks at them: what follows must not read two paths out of one request.
 */
export function useOriginForm(server: Server): void {
  server.prependListener('request', (request: IncomingMessage) => {
    request.url = originForm(request.url ?? '/');
  });
}

export function originForm(target: string): string {
  const rest = /^[a-z][a-z0-9+.-]*:\/\/[^/?]*(.*)$/is.exec(target)?.[1];
  if (rest === undefined) return target;
  return rest.startsWith('/') ? rest : `/${rest}`;
}
