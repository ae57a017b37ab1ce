import type { ListedFile, ListedFinding, ListedStory, Listing } from '../../src/report/listing.ts';

/** A finding about the first criterion of US-1. Only what a test is about needs saying. */
export function finding(facts: Partial<ListedFinding> = {}): ListedFinding {
  return {
    rule: 'judgment/no-outcome',
    severity: 'warning',
    story: 'US-1',
    criterion: 0,
    role: 'delegate',
    confidence: 'high',
    line: 31,
    column: 9,
    path: ['userStories', 0, 'acceptanceCriteria', 0],
    message: '`Login working` states no result',
    hint: 'say what is seen',
    matches: [{ offset: 6, length: 7 }],
    related: [],
    fix: null,
    suppressed: null,
    text: 'Login working',
    ...facts,
  };
}

export function documentError(facts: Partial<ListedFinding> = {}): ListedFinding {
  return finding({
    rule: 'file/duplicate-story-id',
    severity: 'error',
    story: null,
    criterion: null,
    line: 12,
    column: 13,
    path: ['userStories', 1, 'id'],
    message: 'two stories share the id `US-1`',
    hint: null,
    matches: [],
    text: null,
    ...facts,
  });
}

export function story(facts: Partial<ListedStory> = {}): ListedStory {
  return {
    id: 'US-1',
    title: 'Login',
    role: 'delegate',
    readiness: 'refine first',
    reasons: [{ rule: 'judgment/no-outcome', criterion: 0, message: 'states no result' }],
    criteria: [{ kind: 'prose', run: null, check: null }],
    ...facts,
  };
}

export function file(findings: readonly ListedFinding[], facts: Partial<ListedFile> = {}): ListedFile {
  return { file: 'PRD.json', uri: 'docs/PRD.json', findings, stories: [story()], ...facts };
}

export function listing(...files: readonly ListedFile[]): Listing {
  const rules = [
    { id: 'judgment/no-outcome', summary: 'names no result', reason: 'nobody can decide it', help: 'bad: …, good: …' },
  ];
  return { version: '0.1.0', files, rules };
}
