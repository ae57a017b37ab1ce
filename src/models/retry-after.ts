/**
 * How long the endpoint asks us to wait, in ms from `now` (both epoch ms): from `retry-after-ms`, or from `retry-after` as
 * seconds or an HTTP date. 0 for a moment that has passed; null when it did not say, or said nonsense.
 */
export function retryAfterMs(headers: { get(name: string): string | null }, now: number): number | null {
  return (
    numberIn(headers.get('retry-after-ms'), 1) ??
    numberIn(headers.get('retry-after'), 1_000) ??
    dateIn(headers.get('retry-after'), serverNow(headers, now))
  );
}

function numberIn(text: string | null, unitMs: number): number | null {
  if (text === null || !/^\d+(\.\d+)?$/.test(text.trim())) return null;
  const ms = Number(text) * unitMs;
  return Number.isSafeInteger(Math.ceil(ms)) ? Math.ceil(ms) : null;
}

/** Only the HTTP form counts: `Date.parse` makes a date of almost anything, also of `-5`. */
function dateIn(text: string | null, now: number): number | null {
  if (text === null || !/^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/.test(text.trim())) return null;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** A date is meant by the server's clock, which may differ from ours. */
function serverNow(headers: { get(name: string): string | null }, now: number): number {
  const said = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(said) ? now : said;
}
