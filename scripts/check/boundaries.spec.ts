import { expect, it } from 'vitest';
import { brokenBoundaries } from './boundaries.mjs';

const broken: [rule: string, file: string, text: string][] = [
  ['libs import no app', 'libs/auth/src/a.ts', `import { b } from '../../../apps/registry-api/src/b.js';`],
  ['libs import no app', 'libs/auth/src/a.ts', `import { b } from '@berth/registry-api';`],
  ['libs know no Nest', 'libs/auth/src/a.ts', `import { Injectable } from '@nestjs/common';`],
  ['libs/oci imports nothing but Node', 'libs/oci/src/a.ts', `import { z } from 'zod';`],
  ['never by a path into it', 'libs/auth/src/a.ts', `export * from '../../oci/src/digest.js';`],
  ['never by a path into it', 'apps/registry-api/src/a.ts', `await import('@berth/storage/src/keys.js');`],
  ['no forwardRef', 'apps/registry-api/src/a.module.ts', 'imports: [forwardRef(() => TagsModule)]'],
  ['never a store', 'apps/registry-api/src/tags/tags.module.ts', 'exports: [TagsService, TagStore],'],
  ['in env.ts alone', 'apps/registry-api/src/main.ts', 'const port = process.env.BERTH_PORT;'],
  ['at most 300 lines', 'test/e2e/long.spec.ts', 'it();\n'.repeat(301)],
];

it.each(broken)('finds: %s (%s)', (rule, file, text) => {
  expect(brokenBoundaries([{ file, text }])).toEqual([expect.stringContaining(rule)]);
});

const allowed: [file: string, text: string][] = [
  ['libs/oci/src/a.ts', `import { createHash } from 'node:crypto';\nimport { b } from './b.js';`],
  ['libs/oci/src/a.spec.ts', `import { it } from 'vitest';`],
  ['libs/auth/src/a.ts', `import { Digest } from '@berth/oci';`],
  ['apps/registry-api/src/env.ts', 'parseEnv(process.env)'],
  ['apps/registry-api/src/tags/tags.module.ts', 'providers: [TagStore], exports: [TagsService]'],
  ['test/e2e/long.spec.ts', 'it();\n'.repeat(300)],
];

it.each(allowed)('allows %s: %s', (file, text) => {
  expect(brokenBoundaries([{ file, text }])).toEqual([]);
});
