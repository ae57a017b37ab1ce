import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importPlan } from '../../../src/prd/import/import.ts';
import { importFormats } from '../../../src/prd/import/imported.ts';
import { parsePrd } from '../../../src/prd/parse.ts';

const request = { includeDone: true, tag: null, spec: null, schema: './s.json' };
const line = fc.oneof(
  fc.constantFrom(
    '# PRD: Shop',
    '### US-001: Cart',
    '## Phase 2: x',
    '**Acceptance Criteria:**',
    '- [ ] T001 [P] [US1] Create src/a.ts (depends on T002)',
    '  - [x] nested',
    '**Depends on:** US-001, US-002',
    '**Status:** done',
    '```',
    '<!--',
    '-->',
    '---',
    'title: x',
    '\ufeff',
  ),
  fc.string(),
);
const markdown = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n'));

const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('closed', 'done', '1'),
);
const part = fc.dictionary(
  fc.constantFrom('id', 'title', 'dependencies', 'status'),
  fc.oneof(scalar, fc.array(scalar)),
);
const item = fc.dictionary(
  fc.constantFrom(
    'id',
    'number',
    'title',
    'body',
    'labels',
    'state',
    'steps',
    'passes',
    'description',
    'dependencies',
    'milestone',
  ),
  fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.array(part, { maxLength: 2 })),
);
const withParts = fc
  .tuple(item, fc.array(part, { maxLength: 3 }))
  .map(([one, subtasks]) => ({ ...one, subtasks, testStrategy: 'x' }));
const plan = fc.oneof(
  fc.array(item, { maxLength: 5 }),
  fc.array(withParts, { maxLength: 5 }).map((tasks) => ({ master: { tasks } })),
  fc.jsonValue(),
);

describe('import of any text', () => {
  it.each(importFormats)('as %s gives a PRD in which nothing passes, or says why not', (from) => {
    fc.assert(
      fc.property(
        fc.oneof(
          markdown,
          plan.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const result = importPlan(text, 'plan', { ...request, from });
          if (result.kind === 'refused') {
            expect(result.problems.length).toBeGreaterThan(0);
            return;
          }
          const parsed = parsePrd(result.text, 'PRD.json');
          if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
          const { stories } = parsed.document.prd;
          const ids = stories.map(({ id }) => id);
          expect(stories.length).toBe(result.stories);
          expect(new Set(ids).size).toBe(ids.length);
          expect(stories.filter(({ passes }) => passes)).toEqual([]);
          expect(stories.flatMap(({ dependsOn }) => dependsOn.filter((one) => !ids.includes(one)))).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('hostile plans of a megabyte', () => {
  const fill = (unit: string) => unit.repeat(Math.ceil(1_000_000 / unit.length));
  it.each<[string, string]>([
    ['open comments', fill('<!--')],
    ['fences', fill('```\n')],
    ['one endless line', `### US-001: ${fill('a')}`],
    ['marks of emphasis', `- [ ] ${fill('**_')}`],
    ['brackets', `- [ ] T001 ${fill('[P] ')}`],
    ['spaces behind a heading', `## ${fill(' ')}x`],
    ['indentation', fill(' -\t')],
    ['stories', fill('### US-001: x\n- [ ] y\n')],
    ['tasks', `## Phase 1: x\n${fill('- [ ] T001 [US1] a/b.ts (depends on T001\n')}`],
    ['paths', `### US-1: x\n**Files:** ${fill('a/')}`],
    ['needs', `### US-1: x\n**Depends on:** ${fill('US-1-')}`],
    ['blockers', JSON.stringify([{ number: 1, title: 'x', body: `blocked by ${fill('#1, ')}` }])],
    ['steps', JSON.stringify([{ steps: Array(50_000).fill('Open the page'), passes: false }])],
    ['parts', JSON.stringify({ tasks: [{ id: 1, subtasks: Array.from({ length: 20_000 }, (_, id) => ({ id })) }] })],
    ['braces', fill('[')],
    ['lines that could be JSON', fill('{}\n')],
  ])('%s', (_, text) => {
    const start = performance.now();
    for (const from of [null, 'markdown', 'spec-kit'] as const) importPlan(text, 'plan', { ...request, from });
    expect(performance.now() - start).toBeLessThan(4_000);
  });
});
