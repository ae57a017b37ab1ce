/** `$0.08`; an unknown price is said, never shown as nothing. */
export function usd(value: number | null): string {
  if (value === null) return 'unpriced';
  if (value > 0 && value < 0.005) return '<$0.01';
  return `$${value.toFixed(2)}`;
}

/** `$0.083`: for what costs less than a cent and is added up. */
export function fineUsd(value: number | null): string {
  if (value === null) return 'unpriced';
  if (value > 0 && value < 0.0005) return '<$0.001';
  return `$${value.toFixed(value < 10 ? 3 : 2)}`;
}

/** What was spent, with the calls whose price nobody knows: `$1.20 + 3 unpriced calls`. */
export function spent(value: number | null, unpriced: number, words: (usd: number | null) => string = usd): string {
  if (unpriced === 0) return words(value);
  const calls = count(unpriced, 'unpriced call');
  return value === null || value === 0 ? calls : `${words(value)} + ${calls}`;
}

/** Time since the start of a run, as a clock: `02:44`, `1:02:44`. */
export function clock(ms: number): string {
  const { hours, minutes, seconds } = split(Math.floor(ms / 1000));
  const tail = `${two(minutes)}:${two(seconds)}`;
  return hours === 0 ? tail : `${hours}:${tail}`;
}

/** How long something took: `4.2s`, `48s`, `3m 32s`, `1h 02m`. */
export function span(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)}s`;
  const { hours, minutes, seconds } = split(Math.round(ms / 1000));
  if (hours > 0) return `${hours}h ${two(minutes)}m`;
  return minutes > 0 ? `${minutes}m ${two(seconds)}s` : `${seconds}s`;
}

/** Time that passes while somebody watches, in whole seconds: `0s`, `48s`, `3m 32s`, `1h 02m`. */
export function elapsed(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return seconds < 10 ? `${seconds}s` : span(seconds * 1000);
}

/** `950`, `12.3k`, `1.4M`, `2.0G`. */
export function amount(value: number): string {
  if (value < 1000) return String(value);
  if (value < 999_950) return `${(value / 1000).toFixed(1)}k`;
  return value < 999_950_000 ? `${(value / 1_000_000).toFixed(1)}M` : `${(value / 1_000_000_000).toFixed(1)}G`;
}

/** `1 finding`, `2 findings`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${value} ${value === 1 ? one : many}`;
}

/** Share of a whole in whole percent. */
export function percent(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.round((100 * part) / whole)}%`;
}

/** First seven digits of a commit. */
export function shortOid(oid: string): string {
  return oid.slice(0, 7);
}

function split(seconds: number): { hours: number; minutes: number; seconds: number } {
  return { hours: Math.floor(seconds / 3600), minutes: Math.floor(seconds / 60) % 60, seconds: seconds % 60 };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
