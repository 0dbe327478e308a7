import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Allow } from '../access/permission.js';
import { ENV, type Env } from '../env.js';

/** What stands at `/` for a person with a browser: how to push here. */
@Controller()
export class WelcomeController {
  constructor(@Inject(ENV) private readonly env: Env) {}

  @Get()
  @Allow('unguarded', 'api')
  getWelcome(@Res() response: Response): void {
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    );
    response.setHeader('Cache-Control', 'no-cache');
    response.type('html').send(page(this.env.publicUrl.host));
  }
}

function page(host: string): string {
  const commands = [
    ['Sign in', `docker login ${host}`],
    ['Name an image', `docker tag my-app ${host}/team/my-app:1.0`],
    ['Push it', `docker push ${host}/team/my-app:1.0`],
    ['Pull it elsewhere', `docker pull ${host}/team/my-app:1.0`],
  ];
  const rows = commands.map(
    ([what, command]) => `<dt>${escaped(what)}</dt><dd><code>${escaped(command)}</code></dd>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Berth</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Berth</h1>
<p>This is a private container registry. Use it from a terminal:</p>
<dl>${rows.join('')}</dl>
<p>Find images with <code>docker search ${escaped(host)}/my-app</code>.</p>
</main>
</body>
</html>`;
}

const style = `
:root { color-scheme: light dark; --ink: #1c1c1f; --quiet: #5a5a60; --paper: #fbfaf8; --field: #f1f0ed; --line: #deddd9 }
@media (prefers-color-scheme: dark) { :root { --ink: #eceff1; --quiet: #a5abb0; --paper: #111417; --field: #0b0e10; --line: #2a2f33 } }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
main { max-width: 40rem; margin: 12vh auto 0; padding: 0 1.25rem }
h1 { font-size: 1.75rem; margin: 0 0 .5rem }
dl { margin: 1.5rem 0 }
dt { color: var(--quiet); font-size: .875rem; margin: 1rem 0 .25rem }
dd { margin: 0; padding: .6rem .8rem; background: var(--field); border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; white-space: nowrap }
code { font: .875rem/1.5 ui-monospace, monospace }`;

function escaped(text = ''): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
