// needs: chromium
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content, descriptorOf, manifestOf, mediaTypes, randomImage } from '../support/images.js';
import { type Site, startSite } from '../support/ui/site.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.stop());

/** Each would set `window.hacked` if it ran, or ask another server. */
const script = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1">';
const readme = `# Hello ${script}

<iframe src="https://evil.example"></iframe><svg onload="window.hacked=1"></svg>
<style>body { display: none }</style><form action="https://evil.example"><button>go</button></form>

[plain](javascript:window.hacked=1) [data](data:text/html,<script>window.hacked=1</script>)
[coded](jav&#x09;ascript:window.hacked=1) ![image](https://evil.example/tracker.png)
<a href="javascript:window.hacked=1" onclick="window.hacked=1">raw</a>

<javascript:window.hacked=1>
`;

/** What React itself gives a form whose action is a function, so that nothing else submits it. */
const reactForm = "javascript:throw new Error('";

describe('XSS (Harbor CVE-2025-32019)', () => {
  const paths: string[] = [];

  beforeAll(async () => {
    const registry = site.registry(site.berth.admin);
    const api = site.api(site.berth.admin);
    const image = randomImage({
      labels: {
        [script]: script,
        'org.opencontainers.image.title': script,
        'org.opencontainers.image.source': 'javascript:window.hacked=1',
        'org.opencontainers.image.url': 'https://evil.example" onmouseover="window.hacked=1',
      },
      annotations: {
        [script]: script,
        'org.opencontainers.image.description': script,
        'org.opencontainers.image.documentation': 'javascript:window.hacked=1',
        'org.opencontainers.image.base.name': script,
      },
    });
    await registry.push('library/hostile', image, 'latest');
    const config = content('{}', `application/${script.replaceAll(' ', '')}`);
    const artifact = manifestOf(
      {
        schemaVersion: 2,
        mediaType: mediaTypes.ociManifest,
        artifactType: `application/${script}`,
        config: descriptorOf(config),
        layers: [],
        subject: descriptorOf(image),
        annotations: { [script]: script },
      },
      { blobs: [config] },
    );
    await registry.push('library/hostile', artifact).catch(() => undefined); // a media type out of grammar may be refused
    await api
      .patch('/repositories/library%2Fhostile', { readme, description: script, visibility: 'public' })
      .expect(200);
    const base = '/r/hostile';
    const digest = encodeURI(image.digest);
    paths.push(
      base,
      `${base}/-/tags`,
      `${base}/-/activity`,
      ...['', '?tab=config', '?tab=referrers', '?tab=raw'].map((tab) => `${base}/-/tags/latest${tab}`),
      `${base}/-/manifests/${digest}`,
      '/explore?q=hostile',
      `/explore?q=${encodeURIComponent(script)}`,
      `/login?next=${encodeURIComponent(script)}&error=${encodeURIComponent(script)}`,
      `/r/${encodeURIComponent(script)}`,
      '/',
    );
  });

  it('script in README, label, annotation, media type and description is inert', async () => {
    const { page, problems, ...visitor } = await site.signedIn(site.berth.admin);
    for (const path of paths) {
      await visitor.open(path);
      expect([path, await page.evaluate('window.hacked')]).toEqual([path, undefined]);
      const dangerous = await page.evaluate<
        string[]
      >(`[...document.querySelectorAll('a, form, iframe, img, object')]
        .map((element) => element.getAttribute('href') ?? element.getAttribute('action') ?? element.getAttribute('src') ?? '')
        .filter((address) => /^\\s*(javascript|data:text|vbscript):/i.test(address) && !address.startsWith(${JSON.stringify(reactForm)}))`);
      expect([path, dangerous]).toEqual([path, []]);
      const handlers = await page.evaluate<number>(
        `document.querySelectorAll('[onerror], [onclick], [onload], [onmouseover], main iframe, main svg[onload]').length`,
      );
      expect([path, handlers]).toEqual([path, 0]);
    }
    expect(problems.all()).toEqual([]);
  });

  it('in the raw page of the API or a blob: nosniff, attachment, and no page of ours', async () => {
    const html = content(`<html>${script}</html>`, 'text/html');
    await site.registry(site.berth.admin).pushBlob('library/hostile', html);
    const answer = await fetch(`${site.berth.url}/v2/library/hostile/blobs/${html.digest}`, {
      headers: { accept: 'text/html' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(answer.headers.get('content-type')).not.toMatch(/html|svg|xml/);
    const visitor = await site.visitor();
    const downloading = visitor.page.waitForEvent('download');
    await visitor.page.goto(`/v2/library/hostile/blobs/${html.digest}`).catch(() => undefined);
    await downloading;
    expect(await visitor.page.evaluate('window.hacked')).toBeUndefined();
  });

  it('every page has a policy without unsafe-inline for scripts, new for each answer', async () => {
    const nobody = await site.visitor();
    const nonces = new Set<string>();
    for (const path of [...paths, '/help', '/api', '/no-such-page']) {
      const policy = (await nobody.visit(path)).headers()['content-security-policy'] ?? '';
      const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? '';
      expect([path, scripts]).toEqual([path, expect.stringMatching(/'nonce-[^']+'/)]);
      expect([path, scripts]).toEqual([
        path,
        expect.not.stringMatching(/unsafe-inline|unsafe-eval|\*|https?:/),
      ]);
      for (const rule of [
        "default-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
      ])
        expect([path, policy]).toEqual([path, expect.stringContaining(rule)]);
      nonces.add(/'nonce-([^']+)'/.exec(scripts)?.[1] ?? '');
    }
    expect(nonces.size).toBe(paths.length + 3);
  });
});

describe('open redirect (Harbor CVE-2024-22244)', () => {
  const elsewhere = [
    '//evil.example',
    '/\\evil.example',
    '/%5cevil.example',
    '%2f%2fevil.example',
    '/%2f/evil.example',
    '/.//evil.example',
    'https://evil.example/',
    'https:evil.example',
    'javascript:alert(1)',
    '\t//evil.example',
    '/@evil.example/../..//evil.example',
  ];

  it.each(elsewhere)('next=%s leads to /, whoever signs in', async (next) => {
    const { page, problems, ...visitor } = await site.visitor();
    await visitor.open(`/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel('User name').fill('admin');
    await page.getByLabel('Password').fill(site.berth.admin.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Account of admin' }).waitFor();
    expect(new URL(page.url()).origin).toBe(site.origin);
    expect(new URL(page.url()).pathname).toBe('/');
    await visitor.open(`/login?next=${encodeURIComponent(next)}`);
    expect([new URL(page.url()).origin, new URL(page.url()).pathname]).toEqual([site.origin, '/']);
    expect(problems.all()).toEqual([]);
    await visitor.close();
  });

  it.each([
    'next=//evil.example',
    'next=/%5cevil.example',
    'next=%2F%2509%2Fevil.example',
    'next=/help&next=//evil.example',
  ])('?%s as it stands leads nowhere else either', async (query) => {
    const { page, ...visitor } = await site.signedIn(site.berth.admin);
    await visitor.open(`/login?${query}`);
    expect(new URL(page.url()).origin).toBe(site.origin);
    await visitor.close();
  });
});
