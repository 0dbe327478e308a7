import { describe, expect, it } from 'vitest';
import { readUndoable, type Undoable } from './undoable';

const undoable: Undoable = {
  what: 'tags',
  name: 'team/app',
  ids: ['7', '8'],
  sentence: 'Deleted 2 tags.',
  until: 1000,
};

describe('what can still be undone', () => {
  it('is read until its time is over', () => {
    expect(readUndoable(JSON.stringify(undoable), 999)).toEqual(undoable);
    expect(readUndoable(JSON.stringify(undoable), 1000)).toBeUndefined();
  });

  it.each([
    undefined,
    '',
    'null',
    '{',
    '[]',
    JSON.stringify({ ...undoable, what: 'everything' }),
    JSON.stringify({ ...undoable, ids: '7' }),
    JSON.stringify({ ...undoable, ids: [7] }),
    JSON.stringify({ ...undoable, until: undefined }),
  ])('is nothing that it does not know: %s', (text) => {
    expect(readUndoable(text, 0)).toBeUndefined();
  });
});
