import { InvalidArgumentError } from 'commander';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A whole number of at least 0. */
export function wholeNumber(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(value);
}

/** A whole number of at least 1. */
export function positiveNumber(value: string): number {
  const number = wholeNumber(value);
  if (number === 0) throw new InvalidArgumentError('It must be at least 1.');
  return number;
}

/** A share from 0 to 100: `80`, `80%`. */
export function percent(value: string): number {
  const [, digits = ''] = /^(\d{1,3})%?$/.exec(value) ?? [];
  if (digits === '' || Number(digits) > 100) throw new InvalidArgumentError('It must be a share from 0 to 100.');
  return Number(digits);
}

/** Dollars: `5`, `2.50`, `$5`. */
export function dollars(value: string): number {
  if (!/^\$?\d{1,9}(\.\d{1,4})?$/.test(value)) throw new InvalidArgumentError('It must be an amount such as 2.50.');
  return Number(value.replace('$', ''));
}

/** A time such as `90s`, `5m` or `2h`, in milliseconds. */
export function duration(value: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,9})(ms|s|m|h)$/.exec(value) ?? [];
  const ms = Number(digits) * (units[unit] ?? 0);
  if (ms === 0) throw new InvalidArgumentError('It must be a time such as 90s, 5m or 2h.');
  return ms;
}

/** Collects a flag that may be given several times. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
