import { describe, expect, it } from 'vitest';
import { limits } from '../limits.js';
import { blobMark, type UploadNews } from './live-message.js';
import { PushBoard } from './push-board.js';

const upload = (id: string, state: UploadNews['state'] = 'open', repositoryId = '1'): UploadNews => ({
  repositoryId,
  id,
  bytes: 10,
  totalBytes: null,
  digest: null,
  state,
});

const ids = (board: PushBoard, repositoryId = '1') => board.uploadsOf(repositoryId).map(({ id }) => id);

describe('the board of pushes', () => {
  it('keeps the last that was heard of each upload', () => {
    const board = new PushBoard();
    for (const news of [upload('a'), upload('b'), { ...upload('a'), bytes: 20 }]) board.note(news);
    expect(board.uploadsOf('1')).toMatchObject([
      { id: 'a', bytes: 20 },
      { id: 'b', bytes: 10 },
    ]);
    board.note(upload('a', 'gone'));
    board.note(upload('b', 'gone'));
    expect(board.repositoryIds).toEqual([]);
  });

  it('believes no process that hears of the end later than others', () => {
    const board = new PushBoard();
    for (const news of [upload('a', 'finished'), upload('a')]) board.note(news);
    expect(board.uploadsOf('1')).toMatchObject([{ id: 'a', state: 'finished' }]);
    board.forgetFinished('1');
    board.note(upload('a'));
    expect(board.repositoryIds).toEqual([]);
  });

  it('forgets finished layers with their manifest, and goes on with those of another push', () => {
    const board = new PushBoard();
    for (const news of [upload('a', 'finished'), upload('b')]) board.note(news);
    board.note(upload('', 'pushed'));
    expect(ids(board)).toEqual(['b']);
  });

  it('believes no process that hears of a layer later than others of its manifest', () => {
    const board = new PushBoard();
    const layer = { ...upload('a'), digest: `sha256:${'1'.repeat(64)}` };
    const other = { ...upload('b', 'finished'), digest: `sha256:${'2'.repeat(64)}` };
    board.note(upload('a'));
    board.note({ ...upload('', 'pushed'), blobs: [blobMark(layer.digest)] });
    board.note({ ...layer, state: 'finished' });
    board.note(upload('a'));
    expect(board.repositoryIds).toEqual([]);
    board.note(other);
    board.note({ ...layer, state: 'finished', id: 'c', repositoryId: '2' });
    expect([ids(board), ids(board, '2')]).toEqual([['b'], ['c']]);
  });

  it('keeps finished layers as long as another one of the push is under way', () => {
    const board = new PushBoard();
    board.note(upload('a', 'finished'), 0);
    board.note(upload('b'), 60_000);
    expect(board.sweep(60_000)).toEqual([]);
    expect(board.sweep(1_000_000)).toEqual(['1']);
    expect(board.repositoryIds).toEqual([]);
  });

  it('forgets layers that no manifest followed', () => {
    const board = new PushBoard();
    board.note(upload('a', 'finished'), 0);
    expect(board.sweep(14_000)).toEqual([]);
    expect(board.sweep(16_000)).toEqual(['1']);
  });

  it('holds so many and no more', () => {
    const board = new PushBoard();
    for (let index = 0; index <= limits.liveUploadsOfPush; index += 1) board.note(upload(`u${index}`));
    expect(board.uploadsOf('1')).toHaveLength(limits.liveUploadsOfPush);
    for (let index = 0; index <= limits.livePushes; index += 1) board.note(upload('a', 'open', `r${index}`));
    expect(board.repositoryIds).toHaveLength(limits.livePushes);
  });
});
