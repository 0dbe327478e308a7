const SECONDS = { m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

export const durationRule = /^[1-9][0-9]{0,5}[mhdw]$/;
const LONGEST_SECONDS = 10 * 365 * 86_400;

/** Seconds of `90m`, `2h`, `30d`, `4w`; undefined for what is no duration or longer than ten years. */
export function parseDuration(text: string): number | undefined {
  if (!durationRule.test(text)) return undefined;
  const seconds = Number(text.slice(0, -1)) * SECONDS[text.at(-1) as keyof typeof SECONDS];
  return seconds <= LONGEST_SECONDS ? seconds : undefined;
}
