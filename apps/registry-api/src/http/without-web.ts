import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';

const SECONDS_UNTIL_NEXT_TRY = 2;

const STYLE = [
  ':root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}',
  'body{max-width:36rem;margin:20vh auto;padding:0 1.25rem;background:#fbfaf8;color:#1d2124}',
  'h1{font-size:1.3rem;margin:0 0 .5rem}',
  'p{margin:0 0 .5rem;color:#595f63}',
  '@media(prefers-color-scheme:dark){body{background:#111416;color:#e8e6e3}p{color:#a3a8ab}}',
].join('');

const STARTING = pageOf(
  'The pages are starting',
  [
    'This page shows itself as soon as they are there: you need not do anything.',
    'Pushes and pulls go on meanwhile.',
  ],
  `<meta http-equiv="refresh" content="${SECONDS_UNTIL_NEXT_TRY}">\n`,
);

const FAILED = pageOf('This page cannot be shown at the moment', [
  'Something went wrong in Berth. Nothing is lost.',
  '<a href="">Try again</a>, or go <a href="/">home</a>.',
]);

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

function pageOf(title: string, paragraphs: readonly string[], head = ''): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${head}<title>${title} · Berth</title>
<style>${STYLE}</style>
<main>
<h1>${title}</h1>
${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}
</main>
</html>
`;
}

/** What a visitor gets when not even the page that says so can be made. */
export function answerFailed(response: Response): void {
  response.status(500).set({ 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-store' });
  response.type('html').send(FAILED);
}

/** What a visitor gets while the web app cannot be reached: while it starts, and when it is being replaced. */
export function answerWithoutWeb(request: Request, response: Response): void {
  response.status(503).set({ 'Retry-After': String(SECONDS_UNTIL_NEXT_TRY), 'Cache-Control': 'no-store' });
  if (request.method === 'GET' && request.get('Accept')?.includes('text/html')) {
    response.set('Content-Security-Policy', POLICY).type('html').send(STARTING);
  } else {
    response.type('text').send('The pages of this Berth are starting: try again in a moment.\n');
  }
}
