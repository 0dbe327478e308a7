import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { apiOf } from '../support/api.js';
import { signIn } from '../support/browser.js';
import type { OpenStream } from '../support/event-stream.js';
import { eventually } from '../support/eventually.js';
import { indexOf, randomBlob, randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { app, client, follow, other, people, progress, setUp, world } from './live-events-api.js';

setUp();

const last = (stream: OpenStream) => progress(stream).at(-1);

describe('a push at one replica is seen at another', () => {
  it.each(['anonymous', 'a member', 'a stranger'])('of a public repository by %s', async (who) => {
    const as = { anonymous: undefined, 'a member': people.member, 'a stranger': people.stranger }[who];
    const stream = await follow({ repository: 'team/public', as });
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.headers.get('cache-control')).toBe('private, no-cache, no-store, no-transform');
    const image = randomImage();
    await client.push('team/public', image, 'v1');
    await stream.until('the push is seen', () => stream.pushed().length > 0);
    expect(stream.events.find(({ kind }) => kind === 'pushed')?.data).toEqual({
      repository: 'team/public',
      tag: 'v1',
      digest: image.digest,
      at: expect.stringMatching(/Z$/),
    });
  });

  it('of a private repository by a member alone; for all others it is as absent', async () => {
    const stream = await follow({ repository: 'team/private', as: people.member });
    await client.push('team/private', randomImage(), 'v1');
    await stream.until('the push is seen', () => stream.pushed().length > 0);
    for (const as of [undefined, people.stranger]) {
      const ask = (name: string) =>
        apiOf(other, as)
          .get(`/events?repository=${encodeURIComponent(name)}`)
          .expect(404);
      const [hidden, absent] = [await ask('team/private'), await ask('team/absent')];
      expect(hidden.text).toBe(absent.text);
      const { date: _date, 'x-request-id': _id, ...headers } = hidden.headers;
      expect(absent.headers).toMatchObject(headers);
    }
  });

  it('by each account in all of its own repositories, and in no other', async () => {
    await world.repository('stranger/own');
    await world.repository('team/granted');
    await world.grant('team/granted', people.stranger.username, 'reader');
    const [member, stranger] = [await follow({ as: people.member }), await follow({ as: people.stranger })];
    await client.push('team/private', randomImage(), 'a');
    await client.push('team/public', randomImage(), 'b');
    const theirs = new RegistryClient({ url: app.url, credentials: people.stranger });
    await theirs.push('stranger/own', randomImage(), 'c');
    await client.push('team/granted', randomImage(), 'd');
    await member.until('three are seen', () => member.pushed().length === 3);
    await stranger.until('two are seen', () => stranger.pushed().length === 2);
    expect(member.pushed()).toEqual(['team/private:a', 'team/public:b', 'team/granted:d']);
    expect(stranger.pushed()).toEqual(['stranger/own:c', 'team/granted:d']);
    expect(new Set(progress(stranger).map(({ repository }) => repository))).toEqual(
      new Set(['stranger/own', 'team/granted']),
    );
    await apiOf(other).get('/events').expect(401);
  });

  it('once for every tag, in their order, and for a manifest without one', async () => {
    const stream = await follow({ repository: 'team/public' });
    const image = randomImage();
    const index = indexOf([image]);
    await client.push('team/public', index, 'one');
    await client.putManifest('team/public', index, `${index.digest}?tag=two&tag=three`);
    await stream.until('all are seen', () => stream.pushed().length >= 4);
    expect(stream.pushed()).toEqual(['null', 'one', 'two', 'three'].map((tag) => `team/public:${tag}`));
  });

  it('also when it comes back: a tag, an image from trash, a repository from trash', async () => {
    const api = apiOf(app, people.alice);
    const repository = '/repositories/team%2Frestored';
    await world.repository('team/restored');
    const [image, untagged] = [randomImage(), randomImage()];
    await client.push('team/restored', image, 'v1');
    await client.push('team/restored', untagged);
    const stream = await follow({ as: people.member });
    const told = () => stream.pushed().filter((name) => name.startsWith('team/restored'));
    const notified: (string | undefined)[] = [];
    const listener = new pg.Client({ connectionString: app.databaseUrl });
    await listener.connect();
    listener.on('notification', ({ payload }) => notified.push(payload));
    await listener.query('LISTEN berth_live');
    const restore = async (address: string, tag: string | null) => {
      const before = told().length;
      notified.length = 0;
      await api.post(`${address.replace('/api/v1', '')}/restore`, {}).expect(200);
      await stream.until(`${tag} is told`, () => told().length > before);
      expect(told().at(-1)).toBe(`team/restored:${tag}`);
      expect(notified).toContain('{"e":true,"u":[]}'); // at once, not when it is looked for
    };
    const { body } = await api.delete(`${repository}/tags/v1`).expect(200);
    await restore(`${repository}/activity/${body.undo.historyId}`, 'v1');
    for (const [{ digest }, tag] of [[image, 'v1'] as const, [untagged, null] as const]) {
      const { headers } = await api.delete(`${repository}/manifests/${digest}`).expect(204);
      await restore(headers.location!, tag);
    }
    const { headers } = await api.delete(repository).expect(204);
    await restore(headers.location!, 'v1');
    await listener.end();
  });

  it('as it goes on, layer by layer, with the total where a length was sent', async () => {
    const stream = await follow({ repository: 'team/private', as: people.member });
    const [whole, open, mounted] = [randomBlob(1000), randomBlob(2000), randomBlob(500)];
    await client.expect([201], 'POST', `/v2/team/private/blobs/uploads/?digest=${whole.digest}`, {
      body: whole.bytes,
    });
    const finished = { digest: whole.digest, bytes: 1000, totalBytes: 1000, state: 'finished' };
    await stream.until('a blob is seen', () => last(stream)?.uploads[0]?.state === 'finished');
    expect(last(stream).uploads).toMatchObject([finished]);

    let upload = await client.startUpload('team/private');
    upload = await client.sendChunk(upload, open.bytes.subarray(0, 1500), 0);
    await stream.until('its bytes are seen', () => last(stream)?.uploads[1]?.bytes === 1500);
    expect(last(stream).uploads[1]).toMatchObject({
      bytes: 1500,
      totalBytes: 1500,
      state: 'open',
      digest: null,
    });
    expect(upload).not.toContain(last(stream).uploads[1].id);

    await client.pushBlob('team/public', mounted);
    await client.expect(
      [201],
      'POST',
      `/v2/team/private/blobs/uploads/?mount=${mounted.digest}&from=team/public`,
    );
    await stream.until('the mount is seen', () => last(stream)?.uploads.length === 3);
    expect(last(stream).uploads[2]).toMatchObject({ digest: mounted.digest, bytes: 500, totalBytes: 500 });

    await client.finishUpload(upload, open.digest, open.bytes.subarray(1500));
    const late = await follow({ repository: 'team/private', as: people.member });
    await late.until('who comes later sees it too', () => last(late)?.uploads.length === 3);
    await client.push('team/private', randomImage(), 'done');
    await stream.until('nothing goes on any more', () => last(stream)?.uploads.length === 0);
    expect(stream.pushed()).toEqual(['team/private:done']);
  });

  it('no more when it was cancelled', async () => {
    const stream = await follow({ repository: 'team/private', as: people.member });
    const upload = await client.startUpload('team/private');
    await stream.until('it is seen', () => last(stream)?.uploads.length === 1);
    await client.expect([204], 'DELETE', new URL(upload).pathname);
    await stream.until('it is gone', () => last(stream)?.uploads.length === 0);
  });

  it('under the longest name and tag', async () => {
    const name = `team/${'n'.repeat(250)}`;
    const tag = 't'.repeat(128);
    await world.repository(name);
    const [own, one] = [
      await follow({ as: people.member }),
      await follow({ repository: name, as: people.member }),
    ];
    const image = randomImage({ layers: 34, layerSizeBytes: 10 });
    for (const blob of image.blobs) await client.pushBlob(name, blob);
    for (const stream of [own, one])
      await stream.until('every blob is seen', () => last(stream)?.uploads.length === 35);
    await client.putManifest(name, image, tag);
    for (const stream of [own, one]) {
      await stream.until('the push is seen', () => stream.pushed().length > 0);
      expect(stream.pushed()).toEqual([`${name}:${tag}`]);
    }
  });
});

describe('access that is taken away', () => {
  it('ends what a member sees, at once', async () => {
    await world.user('leaver');
    const leaver = { username: 'leaver', password: 'password of leaver' };
    const api = apiOf(app, people.alice);
    await api.put('/namespaces/team/members/leaver', { role: 'reader' }).expect(200);
    const [own, one] = [
      await follow({ as: leaver }),
      await follow({ repository: 'team/private', as: leaver }),
    ];
    await client.push('team/private', randomImage(), 'seen');
    for (const stream of [own, one]) await stream.until('it is seen', () => stream.pushed().length === 1);
    await api.delete('/namespaces/team/members/leaver').expect(204);
    const member = await follow({ as: people.member });
    await client.push('team/private', randomImage(), 'unseen');
    await client.push('team/public', randomImage(), 'unseen');
    await member.until('others see it', () => member.pushed().length === 2);
    await eventually('the stream of the repository has ended', () => one.hasEnded);
    for (const stream of [own, one]) expect(stream.pushed()).toEqual(['team/private:seen']);
  });

  it('ends the stream of a repository that turns private, and of one that goes', async () => {
    await world.repository('team/turning', { visibility: 'public' });
    const stream = await follow({ repository: 'team/turning' });
    const member = await follow({ repository: 'team/turning', as: people.member });
    const api = apiOf(app, people.alice);
    await api.patch('/repositories/team%2Fturning', { visibility: 'private' }).expect(200);
    await client.push('team/turning', randomImage(), 'v1');
    await eventually('it has ended', () => stream.hasEnded);
    expect(stream.pushed()).toEqual([]);
    await member.until('a member goes on', () => member.pushed().length === 1);
    await api.delete('/repositories/team%2Fturning').expect(204);
    await world.repository('team/turning');
    await client.push('team/turning', randomImage(), 'v2');
    await follow({ repository: 'team/turning', as: people.member }).then((again) =>
      again.until('who comes back sees the new one', () => true),
    );
    expect(member.pushed()).toEqual(['team/turning:v1']);
  });

  it('ends what a session sees that was signed out', async () => {
    const browser = await signIn(app, people.member);
    const stream = await follow({ headers: { cookie: browser.cookie } });
    await client.push('team/private', randomImage(), 'before');
    await stream.until('it is seen', () => stream.pushed().length === 1);
    await browser.delete('/sessions/current').expect(204);
    const member = await follow({ as: people.member });
    await client.push('team/private', randomImage(), 'after');
    await member.until('others see it', () => member.pushed().length === 1);
    expect(stream.pushed()).toEqual(['team/private:before']);
  });
});
