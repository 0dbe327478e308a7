/**
 * React sends the data of a page in rows (`1f:{…}`), numbers them as their parts begin and sends each once it is ready:
 * number and order depend on which call of the API answers first. Here they depend on what the rows say alone.
 */
export function inStableOrder(flight: string): string {
  const rows = rowsOf(flight);
  const numbers = new Map<string, number>();
  const visit = (id: string) => {
    if (numbers.has(id) || !rows.has(id)) return;
    numbers.set(id, numbers.size);
    for (const [, , referred] of rows.get(id)!.matchAll(REFERENCE)) visit(referred!);
  };
  visit('0');
  const renumbered = (text: string) =>
    text.replace(REFERENCE, (whole, kind, id) => (numbers.has(id) ? `"$${kind}#${numbers.get(id)}` : whole));
  const reached = [...numbers].map(([id, number]) => `#${number}:${renumbered(rows.get(id)!)}`);
  const others = [...rows].filter(([id]) => !numbers.has(id)).map(([, text]) => `:${renumbered(text)}`);
  return [...reached, ...others.sort()].join('\n');
}

/** The same for a page that carries its data in scripts. */
export function withStableFlight(html: string): string {
  const scripts = [...html.matchAll(FLIGHT_SCRIPT)];
  const flight = scripts.map(([, text]) => JSON.parse(text!) as string).join('');
  return `${html.replace(FLIGHT_SCRIPT, '')}\n${inStableOrder(flight)}`;
}

const FLIGHT_SCRIPT = /<script nonce="[^"]*">self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)<\/script>/g;

/** `"$1f"`, `"$L1f"`, `"$1f:props:children"`. */
const REFERENCE = /"\$([A-Za-z@]?)([\da-f]+)(?=[":])/g;

/** By number. A row ends with its line, but a long text (`T`) with the bytes it has announced; hints have no number. */
function rowsOf(flight: string): Map<string, string> {
  const rows = new Map<string, string>();
  let rest = Buffer.from(flight);
  while (rest.length > 0) {
    const colon = rest.indexOf(':');
    const id = rest.subarray(0, colon).toString();
    const announced = /^T([\da-f]+),/.exec(rest.subarray(colon + 1, colon + 12).toString());
    const start = colon + 1 + (announced?.[0].length ?? 0);
    const newline = rest.indexOf('\n', start);
    const lineEnd = newline === -1 ? rest.length : newline;
    const end = announced ? start + Number.parseInt(announced[1]!, 16) : lineEnd;
    rows.set(id === '' ? `hint ${rows.size}` : id, rest.subarray(start, end).toString());
    rest = rest.subarray(announced ? end : end + 1);
  }
  return rows;
}
