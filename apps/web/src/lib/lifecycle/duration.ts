/** Whether a text is a time as rules have it: `12h`, `30d`. */
export function isDuration(text: string): boolean {
  return /^[1-9][0-9]{0,5}[mhdw]$/.test(text);
}
