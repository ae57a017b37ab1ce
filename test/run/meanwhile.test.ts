import { expect, it } from 'vitest';
import { openMeanwhile } from '../../src/run/meanwhile.ts';

const landed = (story: string, from: string, commit: string) =>
  ({
    type: 'landing.done',
    data: { story, attempt: 1, branch: 'main', from, commit, strength: 'proven', evidence: 'e' },
  }) as const;

it.each([
  ['where the run started', 'c0', ['a', 'b']],
  ['a landing', 'c1', ['b']],
  ['something else that was put on top of a landing', 'x2', ['b']],
  ['the last landing', 'c2', []],
  ['a commit that is older than the run', 'old', ['a', 'b']],
])('what landed since %s', (_, base, stories) => {
  const meanwhile = openMeanwhile();
  meanwhile.note(landed('a', 'c0', 'c1'));
  meanwhile.note({ type: 'wait', data: { story: null, for: 'x', waitMs: null } });
  meanwhile.note(landed('b', 'x2', 'c2'));
  expect(meanwhile.since(base).map(({ story }) => story)).toEqual(stories);
});
