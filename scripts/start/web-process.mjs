// The process of the web app: ends with the one that started it, however that ends.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

process.once('disconnect', () => process.exit());

const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
process.argv = [process.execPath, next, 'dev', '-H', '127.0.0.1', '-p', process.env.PORT ?? ''];
await import(pathToFileURL(next).href);
