import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import type { Finding, RuleId } from '../../src/lint/rule.ts';
import { rules } from '../../src/lint/rules/index.ts';
import type { DocumentEdit } from '../../src/prd/edit/document-edit.ts';
import { editText } from '../../src/prd/edit.ts';
import { exampleText } from './example-text.ts';
import { ids, lintText, repoFacts, storiesText } from './lint-text.ts';

/** Applies the fix of the first finding of a rule and returns the stories and the rest as plain data. */
function fixed(
  rule: RuleId,
  text: string,
  options: object = {},
): { readonly text: string; readonly value: { userStories: Record<string, unknown>[]; checks?: unknown } } {
  const finding = lintText(text, { pedantic: true, ...options }).findings.find((one) => one.rule === rule);
  if (finding === undefined) throw new Error(`${rule} found nothing`);
  const edited = editText(text, 'PRD.json', changes(finding));
  if (edited.kind === 'refused') throw new Error(JSON.stringify(edited.problem));
  return { text: edited.text, value: parse(edited.text) };
}

function changes({ edits }: Finding): readonly DocumentEdit[] {
  return edits.filter((edit) => edit.kind !== 'strict');
}

function criteria(rule: RuleId, given: readonly unknown[], top: object = {}): unknown {
  const text = storiesText([{ acceptanceCriteria: given }], top);
  return fixed(rule, text).value.userStories[0]?.acceptanceCriteria;
}

describe('fixes of criteria', () => {
  it.each([
    ['verify/missing', ['`x()` is 1'], { checks: { test: 'npm test' } }, ['`x()` is 1', 'Tests pass']],
    [
      'verify/not-last',
      ['npm test passes', '`x()` is 1', '`y()` is 2'],
      {},
      ['`x()` is 1', '`y()` is 2', 'npm test passes'],
    ],
    ['verify/not-terminating', ['Verify: npx vitest --watch'], {}, ['Verify: npx vitest run']],
    ['verify/not-terminating', ['Verify: npx jest --watch'], {}, ['Verify: npx jest --watch=false']],
    [
      'verify/ambiguous-command',
      ['`make build` then `./bin/x --selftest` exits 0'],
      {},
      [{ text: '`make build` then `./bin/x --selftest` exits 0', verify: { run: 'make build && ./bin/x --selftest' } }],
    ],
    ['context/process-step', ['Read the docs first', '`x()` is 1'], {}, ['`x()` is 1']],
    ['atomic/duplicate-criterion', ['`x()` is 1', '`y()` is 2', '`X()` is 1.'], {}, ['`x()` is 1', '`y()` is 2']],
    [
      'atomic/checklist-in-string',
      ['- [ ] Shows a\n- [x] Shows b\n* Shows c', 'Last'],
      {},
      ['Shows a', 'Shows b', 'Shows c', 'Last'],
    ],
    [
      'atomic/compound-criterion',
      ['Alerts are listed by date; a weekly scan runs on Monday', 'Last'],
      {},
      ['Alerts are listed by date', 'a weekly scan runs on Monday', 'Last'],
    ],
    ['file/hidden-characters', ['Shows\u200b the <!-- x -->total'], {}, ['Shows the total']],
  ] as const)('%s of %j', (rule, given, top, expected) => {
    expect(criteria(rule, given, top)).toEqual(expected);
  });

  it.each([
    ['clauses that share a label', 'Row: becomes red; gets a border'],
    ['clauses without a subject', 'Saves the draft; shows a note'],
  ])('are not offered for %s', (_, criterion) => {
    const finding = lintText(storiesText([{ acceptanceCriteria: [criterion] }])).findings.find(
      ({ rule }) => rule === 'atomic/compound-criterion',
    );
    expect([finding?.severity, finding?.fix]).toEqual(['warning', null]);
  });

  it('keep a process step as a note', () => {
    const text = storiesText([{ acceptanceCriteria: ['Read the docs first', '`x()` is 1'], notes: 'Ask Ada' }]);
    expect(fixed('context/process-step', text).value.userStories[0]?.notes).toBe('Ask Ada\nRead the docs first');
  });
});

describe('fixes of stories', () => {
  it('write a guess into `checks`', () => {
    const text = storiesText([{ acceptanceCriteria: ['Typecheck passes'] }]);
    expect(fixed('verify/unresolved-check', text).value.checks).toEqual({ typecheck: 'npx tsc --noEmit' });
  });

  it('correct the name of a script and of a file', () => {
    const repo = repoFacts({ scripts: new Set(['test:e2e']), paths: new Set(['src/cart.ts']) });
    const text = storiesText([{ acceptanceCriteria: ['Edit src/crat.ts', 'npm run tets:e2e passes'] }]);
    expect(fixed('context/missing-file', text, { repo }).text).toContain('"Edit src/cart.ts"');
    expect(fixed('verify/unknown-command', text, { repo }).text).toContain('"npm run test:e2e passes"');
  });

  it('add the story that is leaned on', () => {
    const text = storiesText([
      { id: 'US-001' },
      { id: 'US-002', title: 'B', dependsOn: ['US-000'], acceptanceCriteria: ['As in US-001'] },
    ]);
    expect(fixed('context/story-ref', text).value.userStories[1]?.dependsOn).toEqual(['US-000', 'US-001']);
  });

  it.each([
    ['delegate/architectural', { title: 'Migrate the cart' }, 'orchestrator'],
    ['delegate/unknown-model', { implementModel: 'sonet' }, 'sonnet'],
    ['delegate/shared-state', { acceptanceCriteria: ['The global store keeps `x`'] }, 'orchestrator'],
    [
      'delegate/over-qualified',
      { implementModel: 'opus', acceptanceCriteria: ['`x()` is 1', 'npm test passes'] },
      'delegate',
    ],
  ] as const)('%s sets the model', (rule, fields, model) => {
    const text = storiesText([{ acceptanceCriteria: ['`x()` is 1'], ...fields }]);
    expect(fixed(rule, text).value.userStories[0]?.implementModel).toBe(model);
  });

  it('let the later ones depend on the first of a kind', () => {
    const text = storiesText([{ title: 'Cart screen' }, { title: 'Help screen' }]);
    const stories = fixed('delegate/first-of-kind', text).value.userStories;
    expect(stories.map(({ implementModel, dependsOn }) => [implementModel, dependsOn])).toEqual([
      ['orchestrator', undefined],
      ['delegate', ['US-001']],
    ]);
  });

  it('give missing and doubled ids a free one in the style of the others', () => {
    const text = storiesText([{ id: 'AB-07' }, { id: undefined, title: 'B' }, { id: 'AB-07', title: 'C' }]);
    expect(fixed('file/missing-id', text).value.userStories[1]?.id).toBe('AB-02');
    expect(fixed('file/duplicate-story-id', text).value.userStories[2]?.id).toBe('AB-04');
  });

  it('delete a disable that is of no use', () => {
    const disable = [{ rule: 'judgment/approval', reason: 'nobody signs anything here' }];
    const text = storiesText([{ acceptanceCriteria: ['`x()` is 1'], lint: { disable } }]);
    expect(fixed('file/unused-disable', text).value.userStories[0]?.lint).toEqual({ disable: [] });
  });
});

describe('every rule that promises a fix', () => {
  /** The one is applied by the writer of texts; the other only softens what a person must restate. */
  const stays: readonly string[] = ['file/not-strict-json', 'context/story-ref'];
  const promising = rules.filter(({ fix }) => fix !== 'hint').map((rule) => [rule.id, rule] as const);

  it.each(promising)('%s offers edits for its bad example', (_, { id, bad, fix }) => {
    const repo = bad.repo === undefined ? null : repoFacts(bad.repo);
    const top = id === 'verify/missing' ? { top: { checks: { test: 'npm test' } } } : {};
    const finding = lintText(exampleText({ ...bad, ...top }), { repo, pedantic: true }).findings.find(
      ({ rule }) => rule === id,
    );
    expect([finding?.fix, finding?.edits.length === 0]).toEqual([fix, false]);
  });

  it.each(promising.filter(([id]) => !stays.includes(id)))('%s is silent once its fix is applied', (_, { id, bad }) => {
    const repo = bad.repo === undefined ? null : repoFacts(bad.repo);
    const top = id === 'verify/missing' ? { top: { checks: { test: 'npm test' } } } : {};
    const { text } = fixed(id, exampleText({ ...bad, ...top }), { repo });
    expect(ids(lintText(text, { repo, pedantic: true }).findings)).not.toContain(id);
  });
});
