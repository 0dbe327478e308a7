const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const month = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });
const monthOfYear = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

/** `14 minutes ago`, `yesterday`, `in 3 days`; further away `in May`, `in May 2024`. */
export function formatRelative(instant: Date, now: Date): string {
  const seconds = Math.round((instant.getTime() - now.getTime()) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 45) return seconds <= 0 ? 'just now' : 'in a moment';
  if (distance < 45 * MINUTE) return relative.format(Math.round(seconds / MINUTE), 'minute');
  if (distance < 22 * HOUR) return relative.format(Math.round(seconds / HOUR), 'hour');
  if (distance < 26 * DAY) return relative.format(Math.round(seconds / DAY), 'day');
  if (seconds > 0) return relative.format(Math.round(seconds / DAY), 'day');
  if (distance < 60 * DAY) return relative.format(Math.round(seconds / (7 * DAY)), 'week');
  return `in ${(distance < 330 * DAY ? month : monthOfYear).format(instant)}`;
}

/** `23 Nov 2026, 21:40:12 UTC`. */
export function formatExact(instant: Date): string {
  return `${exact.format(instant)} UTC`;
}
