import type { Prd, Story } from '../../src/prd/prd.ts';

export function aPrd(stories: readonly Story[], checks: ReadonlyMap<string, string> = new Map()): Prd {
  return { project: 'shop', description: null, branchName: null, checks, stories, notes: [], hasSchema: false };
}
