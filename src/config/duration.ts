const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A time such as `90s`, `5m` or `2h` in milliseconds; NaN for anything else. */
export function durationMs(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,9})(ms|s|m|h)$/.exec(text) ?? [];
  return digits === '' ? Number.NaN : Number(digits) * (units[unit] ?? Number.NaN);
}
