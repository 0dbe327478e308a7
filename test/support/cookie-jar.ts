/** Where a chain of redirects ended. */
export interface Visit {
  url: URL;
  status: number;
  /** Every address on the way, the last one included. */
  hops: URL[];
}

const MOST_HOPS = 20;

/** What of a browser a sign-in needs: it follows redirects from site to site and keeps each host's cookies. */
export class CookieJar {
  private readonly cookies = new Map<string, Map<string, string>>();

  /** `rewrite` changes addresses on the way, as somebody in the middle would. */
  async visit(address: string, rewrite: (url: URL) => URL = (url) => url): Promise<Visit> {
    const hops: URL[] = [];
    for (let url = rewrite(new URL(address)); hops.length < MOST_HOPS; ) {
      hops.push(url);
      const response = await fetch(url, { redirect: 'manual', headers: { cookie: this.header(url) } });
      this.keep(url, response);
      await response.arrayBuffer();
      const location = response.headers.get('location');
      if (location === null) return { url, status: response.status, hops };
      url = rewrite(new URL(location, url));
    }
    throw new Error(`no end of redirects: ${hops.join(' → ')}`);
  }

  /** As the `Cookie` header of a request there. */
  header(url: URL): string {
    return [...this.of(url)].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  set(url: URL, pair: string): void {
    const equals = pair.indexOf('=');
    this.of(url).set(pair.slice(0, equals), pair.slice(equals + 1));
  }

  private keep(url: URL, response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const expires = attributes.find((part) => /^expires=/i.test(part))?.slice('expires='.length);
      if (expires !== undefined && Date.parse(expires) <= Date.now())
        this.of(url).delete(pair.split('=', 1)[0] ?? '');
      else this.set(url, pair);
    }
  }

  private of({ hostname }: URL): Map<string, string> {
    const found = this.cookies.get(hostname) ?? new Map<string, string>();
    this.cookies.set(hostname, found);
    return found;
  }
}
