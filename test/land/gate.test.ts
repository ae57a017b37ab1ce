import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../src/land/evidence.ts';
import type { EvidenceInput } from '../../src/land/evidence-body.ts';
import { checkPrd, type GateInput, type GateReport, type GateRules } from '../../src/land/gate.ts';
import { gateRules, sayFinding } from '../../src/land/gate-finding.ts';
import { parsePrd } from '../../src/prd/parse.ts';
import type { Prd } from '../../src/prd/prd.ts';
import { evidenceInput, passedVerdict, quietPolicy } from './passes.ts';

interface StoryFields {
  readonly id?: string;
  readonly passes?: boolean;
  readonly criteria?: readonly string[];
  readonly title?: string;
}

function prdOf(stories: readonly StoryFields[], checks: Readonly<Record<string, string>> = {}): Prd {
  const userStories = stories.map(
    ({ id = 'US-001', passes = true, criteria = ['Verify: npm test'], title = `Story ${id}` }) => ({
      id,
      title,
      acceptanceCriteria: criteria,
      passes,
    }),
  );
  const parsed = parsePrd(JSON.stringify({ checks, userStories }), 'PRD.json');
  if (parsed.kind === 'refused') throw new Error('not a PRD');
  return parsed.document.prd;
}

const rules: GateRules = {
  stories: null,
  allPass: false,
  minPercent: null,
  require: null,
  requireSandbox: null,
  strict: false,
};
const blob = (letter: string) => letter.repeat(40);

/** Evidence files for the stories of a document, as their landings would have written them. */
function evidenceFiles(prd: Prd, fields: Partial<EvidenceInput> = {}): Map<string, string> {
  const files = prd.stories.map((story) => evidenceOf(evidenceInput(story, fields)));
  return new Map(files.map(({ path, text }) => [path, text]));
}

function gate(
  prd: Prd,
  fields: Partial<Omit<GateInput, 'rules'>> & { readonly rules?: Partial<GateRules> } = {},
): GateReport {
  const head = { prdPath: 'PRD.json', blobs: new Map([['src/cart.js', blob('a')]]) };
  return checkPrd({
    prd,
    head,
    evidence: evidenceFiles(prd),
    base: null,
    ...fields,
    rules: { ...rules, ...fields.rules },
  });
}

const one = prdOf([{}]);

describe('the gate', () => {
  it('takes a pass that its evidence shows', () => {
    expect(gate(one)).toEqual({ findings: [], valid: new Map([['US-001', 'proven']]), selected: 1, exit: 0 });
  });

  it('judges claims: a story that is still false is no finding', () => {
    expect(gate(prdOf([{ passes: false }]))).toMatchObject({ findings: [], exit: 0 });
  });

  it('T06: a pass without evidence is none', () => {
    expect(gate(one, { evidence: new Map() })).toMatchObject({
      findings: [{ code: 'no-evidence', story: 'US-001' }],
      exit: 1,
    });
  });

  it('T07: evidence of another story is no evidence', () => {
    const both = prdOf([
      { id: 'US-001', title: 'Same' },
      { id: 'US-002', title: 'Same' },
    ]);
    const [first] = evidenceFiles(prdOf([{ id: 'US-001', title: 'Same' }]));
    const [[secondPath] = ['']] = evidenceFiles(prdOf([{ id: 'US-002', title: 'Same' }]));
    const evidence = new Map([first ?? ['', ''], [secondPath, first?.[1] ?? '']]);
    expect(gate(both, { evidence })).toMatchObject({
      findings: [{ code: 'evidence-mismatch', story: 'US-002', why: 'it belongs to story `US-001`' }],
      exit: 7,
    });
  });

  it.each([
    ['an edited digest', (text: string) => text.replace('"checksDigest": "', '"checksDigest": "0')],
    ['no evidence at all', () => '{}'],
    ['a file that is cut', (text: string) => text.slice(0, 200)],
  ])('T07: %s is an integrity problem', (_title, edit) => {
    const evidence = new Map([...evidenceFiles(one)].map(([path, text]) => [path, edit(text)]));
    expect(gate(one, { evidence })).toMatchObject({
      findings: [{ code: 'evidence-mismatch', story: 'US-001' }],
      exit: 7,
    });
  });

  it('T07: a criterion that changed after the pass makes the pass stale', () => {
    const changed = prdOf([{ criteria: ['Verify: npm test', 'Totals are rounded'] }]);
    expect(gate(changed, { evidence: evidenceFiles(one) })).toMatchObject({
      findings: [{ code: 'stale-story', what: 'text' }],
      exit: 1,
    });
  });

  it('a named check that changed makes the pass stale', () => {
    const before = prdOf([{ criteria: ['Tests pass'] }], { test: 'npm test' });
    const after = prdOf([{ criteria: ['Tests pass'] }], { test: 'true' });
    expect(gate(after, { evidence: evidenceFiles(before) })).toMatchObject({
      findings: [{ code: 'stale-story', what: 'checks' }],
      exit: 1,
    });
  });

  it('priority, notes and the flip itself make nothing stale', () => {
    expect(gate(one, { evidence: evidenceFiles(prdOf([{ passes: false }])) })).toMatchObject({ findings: [], exit: 0 });
  });
});

describe('files that changed since', () => {
  const head = (blobs: Readonly<Record<string, string>>) => ({
    prdPath: 'PRD.json',
    blobs: new Map(Object.entries(blobs)),
  });

  it('are a warning, and an error when strict', () => {
    const changed = { head: head({ 'src/cart.js': blob('e') }) };
    const finding = { code: 'stale-files', story: 'US-001', files: ['src/cart.js'] };
    expect(gate(one, changed)).toMatchObject({ findings: [finding], exit: 0 });
    expect(gate(one, { ...changed, rules: { strict: true } })).toMatchObject({ findings: [finding], exit: 1 });
    expect(gate(one, { head: head({}) })).toMatchObject({ findings: [finding] });
  });

  it('are covered by the story that changed them last', () => {
    const two = prdOf([{}, { id: 'US-002' }]);
    const [first, second] = two.stories.map((story, index) =>
      evidenceOf(
        evidenceInput(story, {
          files: new Map([['src/cart.js', blob(index === 0 ? 'a' : 'e')]]),
          finishedAt: new Date(2026, 1, 1 + index),
        }),
      ),
    );
    const evidence = new Map([first, second].map((file) => [file?.path ?? '', file?.text ?? '']));
    expect(gate(two, { evidence, head: head({ 'src/cart.js': blob('e') }) }).findings).toEqual([]);
    expect(gate(two, { evidence, head: head({ 'src/cart.js': blob('a') }) }).findings).toMatchObject([
      { code: 'stale-files', story: 'US-002' },
    ]);
  });

  it('are seen in bound folders too, unless a later story landed there', () => {
    const blobs = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`src/f${n}.js`, blob('a')]));
    const files = new Map(Object.entries(blobs));
    const two = prdOf([{}, { id: 'US-002' }]);
    const [story, later] = two.stories;
    if (story === undefined || later === undefined) throw new Error('two stories');
    const first = evidenceOf(evidenceInput(story, { files }));
    const second = evidenceOf(
      evidenceInput(later, { files: new Map([['src/f1.js', blob('e')]]), finishedAt: new Date('2027-01-01') }),
    );
    const evidence = new Map([[first.path, first.text]]);
    const changed = head({ ...blobs, 'src/f1.js': blob('e') });
    expect(gate(one, { evidence, head: head(blobs) }).findings).toEqual([]);
    expect(gate(one, { evidence, head: changed }).findings).toEqual([
      { code: 'stale-files', story: 'US-001', files: ['src/'] },
    ]);
    expect(gate(two, { evidence: evidence.set(second.path, second.text), head: changed }).findings).toEqual([]);
  });
});

describe('what is required', () => {
  const weak = (fields: Parameters<typeof passedVerdict>[1]) => ({
    evidence: evidenceFiles(one, { verdict: passedVerdict(storyOf(one), fields) }),
  });
  const reviewed = weak({ policy: { ...quietPolicy, granted: true }, review: { kind: 'approved', criteria: [] } });
  const accepted = weak({ acceptance: { name: 'Ada', reason: 'seen' } });

  it.each([
    ['proven', {}, 'proven', 0],
    ['reviewed', reviewed, 'reviewed', 0],
    ['reviewed', reviewed, 'proven', 1],
    ['accepted', accepted, 'reviewed', 1],
    ['accepted', accepted, null, 0],
  ] as const)('%s evidence under `--require`: case %#', (found, fields, require, exit) => {
    const report = gate(one, { ...fields, rules: { require } });
    expect(report.exit).toBe(exit);
    expect(report.findings).toEqual(
      exit === 0 ? [] : [{ code: 'weaker-than-required', story: 'US-001', found, required: require }],
    );
  });

  it('a sandbox level', () => {
    expect(gate(one, { rules: { requireSandbox: 'os' } })).toMatchObject({
      findings: [{ code: 'sandbox-too-weak', found: 'guard', required: 'os' }],
      exit: 1,
    });
    expect(gate(one, { rules: { requireSandbox: 'guard' } }).exit).toBe(0);
  });

  const mixed = prdOf([{}, { id: 'US-002', passes: false }]);
  const mixedEvidence = { evidence: evidenceFiles(one) };

  it('that all pass', () => {
    expect(gate(mixed, { ...mixedEvidence, rules: { allPass: true } })).toMatchObject({
      findings: [{ code: 'not-passing', story: 'US-002' }],
      exit: 1,
    });
  });

  it('of the selected stories alone', () => {
    expect(gate(mixed, { ...mixedEvidence, rules: { allPass: true, stories: new Set(['US-001']) } })).toMatchObject({
      findings: [],
      selected: 1,
      exit: 0,
    });
  });

  it('a share of them', () => {
    expect(gate(mixed, { ...mixedEvidence, rules: { minPercent: 50 } }).exit).toBe(0);
    expect(gate(mixed, { ...mixedEvidence, rules: { minPercent: 51 } })).toMatchObject({
      findings: [{ code: 'too-few', passing: 1, total: 2 }],
      exit: 1,
    });
  });

  it('and nothing selected is not everything', () => {
    expect(gate(one, { rules: { allPass: true, stories: new Set() } })).toMatchObject({
      findings: [{ code: 'too-few', total: 0 }],
      exit: 1,
    });
    expect(gate(one, { rules: { minPercent: 0, stories: new Set() } }).exit).toBe(1);
  });
});

describe('checks that were run again', () => {
  const red = { story: 'US-001', run: 'npm test', why: '`npm test` failed (exit 1)' };

  it('T09: evidence that holds is no help to a check that is red', () => {
    expect(gate(one, { rerun: [red] })).toEqual({
      findings: [{ code: 'not-green', ...red }],
      valid: new Map(),
      selected: 1,
      exit: 1,
    });
  });

  it('say nothing of stories that do not claim to pass, or are not selected', () => {
    expect(gate(prdOf([{ passes: false }]), { rerun: [red] }).findings).toEqual([]);
    expect(gate(one, { rerun: [red], rules: { stories: new Set() } }).findings).toEqual([]);
  });

  it('stand beside what is wrong with the evidence, and the worst decides', () => {
    const evidence = new Map([...evidenceFiles(one)].map(([path]) => [path, '{}']));
    const { findings, exit } = gate(one, { rerun: [red], evidence });
    expect({ codes: findings.map(({ code }) => code), exit }).toEqual({
      codes: ['evidence-mismatch', 'not-green'],
      exit: 7,
    });
  });
});

describe('files that changed since a pass', () => {
  const changed = { head: { prdPath: 'PRD.json', blobs: new Map([['src/cart.js', blob('e')]]) } };

  it('do not matter where the checks were run again, and do where there was none to run', () => {
    const strict = { ...changed, rules: { strict: true } };
    expect(gate(one, { ...strict, reran: new Set(['US-001']) })).toMatchObject({ findings: [], exit: 0 });
    expect(gate(one, { ...strict, reran: new Set() })).toMatchObject({ exit: 1 });
  });
});

describe('compared with the base', () => {
  const base = prdOf([{ passes: false, criteria: ['Verify: npm test', 'Verify: npm run lint'] }]);
  const compare = (prd: Prd) => gate(prd, { base, evidence: evidenceFiles(prd) });

  it('T10: a story that is gone needs a person', () => {
    expect(compare(prdOf([{ id: 'US-009' }]))).toMatchObject({
      findings: [{ code: 'story-removed', story: 'US-001', passed: false }],
      exit: 6,
    });
  });

  it.each([
    ['gone', ['Verify: npm test']],
    ['another', ['Verify: npm test', 'Verify: npm run lint:fast']],
    ['only prose', ['Verify: npm test', 'Lint is clean']],
    ['asked for less', ['Verify: npm test', 'Verify: npm run lint — exits 1']],
  ])('T10: a check that is %s needs a person', (_title, criteria) => {
    expect(compare(prdOf([{ criteria }]))).toMatchObject({
      findings: [{ code: 'check-weakened', story: 'US-001', runs: ['npm run lint'] }],
      exit: 6,
    });
  });

  it('more checks and another order are no loss', () => {
    expect(
      compare(prdOf([{ criteria: ['Verify: npm run lint', 'Verify: npm test', 'Verify: npm run e2e'] }])).findings,
    ).toEqual([]);
  });

  it('integrity outweighs approval', () => {
    const evidence = new Map([...evidenceFiles(one)].map(([path]) => [path, '{}']));
    expect(gate(one, { base, evidence }).exit).toBe(7);
  });
});

describe('a large document', () => {
  /** Microseconds of the processor, best of five: other work on the machine does not count. */
  const best = (count: number): number => {
    const prd = prdOf(Array.from({ length: count }, (_, n) => ({ id: `US-${n + 1}` })));
    const evidence = evidenceFiles(prd);
    const times = Array.from({ length: 5 }, () => {
      const started = process.cpuUsage();
      expect(gate(prd, { evidence, rules: { allPass: true, strict: true } }).exit).toBe(0);
      return process.cpuUsage(started).user;
    });
    return Math.min(...times);
  };

  it('takes time for its stories, not for pairs of them', () => {
    best(100);
    // Eight times the stories: pairs would take 64 times as long.
    expect(best(800) / best(100)).toBeLessThan(24);
  });
});

describe('every finding', () => {
  const examples = [
    { code: 'no-evidence', story: 'US-1' },
    { code: 'evidence-mismatch', story: 'US-1', path: 'a.json', why: 'it is not JSON' },
    { code: 'stale-story', story: 'US-1', path: 'a.json', what: 'text' },
    { code: 'stale-files', story: 'US-1', files: ['a', 'b', 'c', 'd'] },
    { code: 'weaker-than-required', story: 'US-1', found: 'reviewed', required: 'proven' },
    { code: 'sandbox-too-weak', story: 'US-1', found: 'none', required: 'os' },
    { code: 'not-green', story: 'US-1', run: 'npm test', why: '`npm test` failed (exit 1)' },
    { code: 'not-passing', story: 'US-1' },
    { code: 'too-few', story: null, passing: 1, total: 2, percent: 80 },
    { code: 'story-removed', story: 'US-1', passed: true },
    { code: 'check-weakened', story: 'US-1', runs: ['npm test'] },
  ] as const;

  it('has an example here', () => {
    expect(examples.map(({ code }) => code).sort()).toEqual(Object.keys(gateRules).sort());
  });

  it.each(examples)('$code says what is wrong and how to get back to green', (finding) => {
    const { message, hint } = sayFinding(finding);
    expect(gateRules[finding.code].means).toMatch(/^[a-z][^\n]{10,}[^.]$/);
    expect(message).toMatch(/^[^\n]{10,}[^.]$/);
    expect(hint).toMatch(/^[^\n]{5,}[^.]$/);
  });

  it('leads to commands that exist', () => {
    const commands = examples.flatMap((finding) => [...sayFinding(finding).hint.matchAll(/`prd (\w+)/g)]);
    expect(new Set(commands.map(([, command]) => command))).toEqual(new Set(['accept', 'run', 'check', 'doctor']));
  });
});

function storyOf(prd: Prd) {
  const [story] = prd.stories;
  if (story === undefined) throw new Error('no story');
  return story;
}
