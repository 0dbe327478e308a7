import { describe, expect, it } from 'vitest';
import { groupCalls, typeText } from './document';

describe('the type of a value in words', () => {
  it.each([
    [undefined, 'anything'],
    [{ $ref: '#/components/schemas/Tag' }, 'Tag'],
    [{ type: ['string', 'null'] }, 'string or null'],
    [{ type: ['string', 'null'], format: 'date-time' }, 'time or null'],
    [{ type: 'array', items: { $ref: '#/components/schemas/Tag' } }, 'list of Tag'],
    [{ type: 'string', enum: ['public', 'private'] }, 'public | private'],
    [{ anyOf: [{ $ref: '#/x/Base' }, { type: 'null' }] }, 'Base or null'],
  ])('%j', (schema, text) => {
    expect(typeText(schema)).toBe(text);
  });
});

describe('the calls of a document', () => {
  it('stand by what they are about, with a title made of their name', () => {
    const groups = groupCalls({
      info: {},
      paths: {
        '/tags': {
          get: { operationId: 'listTags', tags: ['tags'] },
          post: { operationId: 'makeTag', tags: ['tags'] },
        },
        '/me': { get: { operationId: 'getMe', tags: ['me'] } },
      },
    });
    expect([...groups.keys()]).toEqual(['tags', 'me']);
    expect(groups.get('tags')?.map(({ id, title }) => [id, title])).toEqual([
      ['get /tags', 'List tags'],
      ['post /tags', 'Make tag'],
    ]);
  });
});
