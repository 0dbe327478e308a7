interface Stored {
  readonly status: number;
  readonly body: string;
  readonly etag: string | null;
}

/** A shared cache as RFC 9111 has them, in front of a server: it keeps what it may, for everybody. */
export class SharedCache {
  private readonly stored = new Map<string, Stored>();

  constructor(private readonly url: string) {}

  async get(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: string; isFromCache: boolean }> {
    const kept = this.stored.get(path);
    const conditional: Record<string, string> = kept?.etag ? { 'if-none-match': kept.etag } : {};
    const answer = await fetch(this.url + path, { headers: { ...headers, ...conditional } });
    if (kept && answer.status === 304) return { status: kept.status, body: kept.body, isFromCache: true };
    const body = await answer.text();
    const rules = answer.headers.get('cache-control') ?? '';
    // Section 3.5: an answer to a request with Authorization only where the server says so.
    const isForAll = headers.authorization === undefined || /public|s-maxage|must-revalidate/.test(rules);
    if (answer.status === 200 && isForAll && !/private|no-store/.test(rules))
      this.stored.set(path, { status: 200, body, etag: answer.headers.get('etag') });
    return { status: answer.status, body, isFromCache: false };
  }
}
