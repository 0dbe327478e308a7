import { basic } from './authorization.js';
import { eventually } from './eventually.js';
import type { Credentials } from './registry-client.js';

export interface ReceivedEvent {
  kind: string;
  id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: JSON
  data: any;
}

/** A client of `GET /api/v1/events`. */
export interface OpenStream {
  status: number;
  headers: Headers;
  /** Everything so far. */
  events: ReceivedEvent[];
  /** Comments, which keep the connection alive, are counted. */
  beats: number;
  /** Whether the server has ended it. */
  hasEnded: boolean;
  /** Of `pushed` events: `repository:tag`. */
  pushed(): string[];
  /** Waits until the condition holds of what has arrived. */
  until(what: string, condition: (events: ReceivedEvent[]) => boolean): Promise<void>;
  close(): Promise<void>;
}

export interface StreamOptions {
  /** Without one: the asker's own. */
  repository?: string;
  as?: Credentials;
  headers?: Record<string, string>;
  after?: string;
}

/** Opens a stream, and waits until it has begun if it was not refused. */
export async function openStream(url: string, options: StreamOptions = {}): Promise<OpenStream> {
  const address = new URL('/api/v1/events', url);
  if (options.repository !== undefined) address.searchParams.set('repository', options.repository);
  if (options.after !== undefined) address.searchParams.set('after', options.after);
  const controller = new AbortController();
  const response = await fetch(address, {
    headers: { ...(options.as ? { authorization: basic(options.as) } : {}), ...options.headers },
    signal: controller.signal,
  });
  const stream: OpenStream = {
    status: response.status,
    headers: response.headers,
    events: [],
    beats: 0,
    hasEnded: false,
    pushed: () =>
      stream.events
        .filter(({ kind }) => kind === 'pushed')
        .map(({ data }) => `${data.repository}:${data.tag}`),
    until: (what, condition) => eventually(what, () => condition(stream.events)).then(() => undefined),
    close: async () => {
      controller.abort();
      await reading;
    },
  };
  const reading = read(response, stream).catch(() => undefined);
  if (response.ok) await stream.until('the stream has begun', (events) => events.some(isReady));
  return stream;
}

const isReady = ({ kind }: ReceivedEvent) => kind === 'ready';

async function read(response: Response, stream: OpenStream): Promise<void> {
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += Buffer.from(chunk).toString();
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (block.startsWith(':')) stream.beats += 1;
      else stream.events.push(parse(block));
    }
  }
  stream.hasEnded = true;
}

function parse(block: string): ReceivedEvent {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  return {
    kind: fields.get('event') ?? 'message',
    id: fields.get('id'),
    data: JSON.parse(fields.get('data') ?? 'null'),
  };
}
