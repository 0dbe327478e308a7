import type { Visitor } from './visitor.js';

const LONG_MILLISECONDS = 600_000;

/** Ten seconds are short on a machine that does much else: loads the page anew with an offer that lasts ten minutes. */
export async function holdUndo({ context, page }: Pick<Visitor, 'context' | 'page'>): Promise<void> {
  const cookie = (await context.cookies()).find(({ name }) => name === 'berth_undo');
  if (!cookie) throw new Error('nothing is offered to be undone (any more)');
  const until = Date.now() + LONG_MILLISECONDS;
  const offer = { ...JSON.parse(decodeURIComponent(cookie.value)), until };
  await context.addCookies([
    { ...cookie, value: encodeURIComponent(JSON.stringify(offer)), expires: until / 1000 },
  ]);
  await page.reload();
}
