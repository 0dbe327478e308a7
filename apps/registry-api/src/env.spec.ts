import { expect, it } from 'vitest';
import { parseEnv } from './env.js';

it.each([
  ['registry.example', /^BERTH_PUBLIC_URL="registry.example": /],
  ['https://registry.example/berth', /^BERTH_PUBLIC_URL="https:.*": must have no path$/],
])('an address of Berth such as %s is refused in one sentence', (url, sentence) => {
  expect(parseEnv({ BERTH_PUBLIC_URL: url })).toEqual({
    ok: false,
    message: expect.stringMatching(sentence),
  });
});
