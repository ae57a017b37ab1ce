import { describe, expect, it } from 'vitest';
import { type PastStory, trackRecords } from '../../src/plan/route-past.ts';
import type { Work } from '../../src/plan/route-work.ts';

const past = (story: string, fields: Partial<PastStory> = {}): PastStory => ({
  story,
  title: story,
  role: 'delegate',
  passed: true,
  attempts: 1,
  ...fields,
});

describe('how delegates did', () => {
  it('counts first attempts that passed, by kind of work, and leaves the orchestrator out', () => {
    const stories = [
      past('a'),
      past('b', { attempts: 2 }),
      past('c', { passed: false }),
      past('d', { role: 'orchestrator' }),
      past('e', { title: 'repeat' }),
      past('f', { title: 'unknown' }),
    ];
    const works = new Map<string, Work>([['repeat', 'repetition']]);
    const workOf = ({ title }: PastStory) => (title === 'unknown' ? null : (works.get(title) ?? 'making'));
    expect(trackRecords(stories, workOf)).toEqual([
      { work: 'making', tried: 3, firstTime: 1 },
      { work: 'repetition', tried: 1, firstTime: 1 },
    ]);
  });
});
