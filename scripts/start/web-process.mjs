// The process of the web app: ends with the one that started it, however that ends.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { standaloneWeb } from './build-targets.mjs';
import { root } from './root.mjs';

process.once('disconnect', () => process.exit());

if (process.env.NODE_ENV === 'development') {
  const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  process.argv = [process.execPath, next, 'dev', '-H', '127.0.0.1', '-p', process.env.PORT ?? ''];
  await import(pathToFileURL(next).href);
} else {
  await import(pathToFileURL(path.join(standaloneWeb, 'server.js')).href);
}
