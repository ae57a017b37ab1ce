import type { JsonPath } from '../prd/prd.ts';
import type { Edit } from './rule.ts';

/** Puts several criteria where one string stood; nothing when it does not stand in an array. */
export function splitCriterion(path: JsonPath, [first, ...others]: readonly string[]): readonly Edit[] {
  const index = path.at(-1);
  if (typeof index !== 'number') return [];
  const array = path.slice(0, -1);
  return [
    { kind: 'set', path, value: first },
    ...others.map((value): Edit => ({ kind: 'insert', path: array, index: index + 1, value })),
  ];
}
