import { describe, expect, it } from 'vitest';
import type { EventData, EventType, JournalRecord } from '../../src/run/events.ts';
import { fileStory, finished, type RunBench, runBench, writes } from '../helpers/run.ts';
import { wireRefinement } from '../spec/wire-refinement.ts';

const ofType = <T extends EventType>(records: readonly JournalRecord[], type: T): readonly EventData<T>[] =>
  records.filter((record) => record.type === type).map((record) => record.data as EventData<T>);
const steps = (records: readonly JournalRecord[]) =>
  ofType(records, 'request.settled').map(({ step, story, attempt }) => `${step} ${story} ${attempt}`);
interface Body {
  readonly system: unknown;
  readonly messages: readonly unknown[];
}
const bodies = ({ server }: RunBench): readonly Body[] =>
  server.requests.flatMap(({ body }) =>
    body !== null && typeof body === 'object' && 'messages' in body ? [body as Body] : [],
  );
/** The first user message of each conversation of a step. */
const told = (bench: RunBench, start: string): readonly string[] =>
  bodies(bench).flatMap(({ messages }) => {
    const text = JSON.stringify(messages[0]);
    return messages.length === 1 && text.includes(`"# ${start}`) ? [text] : [];
  });

const line = 'the work is done';
const said = `${line}\n`;
const german = 'die Arbeit ist fertig';
const refines = (id: string, fields: Readonly<Record<string, unknown>> = {}) => [
  [{ calls: [{ tool: 'submit_refinement', input: { stories: [wireRefinement(id, fields)] } }] }],
];
const met = (n: number, path: string, quote: string) => ({ n, status: 'met', evidence: { path, line: 1, quote } });
const reviews = (...answers: object[]) =>
  answers.map((answer) => [
    {
      calls: [
        { tool: 'submit_review', input: { verdict: 'approve', criteria: [], remarks: [], coaching: null, ...answer } },
      ],
    },
  ]);
const nobody = { path: '', line: 0, quote: '' };

/** Its prose criterion is nothing a check could look at. */
const vague = (id: string, file: string, fields: object = {}) =>
  fileStory(id, file, {
    implementModel: 'haiku',
    acceptanceCriteria: ['The text is nice and intuitive', `Verify: test -s ${file}`],
    ...fields,
  });

describe('refine', () => {
  it('a story that needs judgment is refined before its delegate starts, who is told what was decided', async () => {
    const bench = await runBench({
      stories: [vague('US-1', 'a.txt')],
      files: { 'notes.txt': 'old notes\n' },
      script: {
        'US-1': {
          refine: refines('US-1', {
            files: [{ path: 'notes.txt', action: 'modify', why: 'holds the text' }],
            steps: ['Copy the first line of notes.txt'],
            extraCriteria: ['`a.txt` holds the word done'],
          }),
          implement: [writes('a.txt', said)],
          review: reviews({ criteria: [met(1, 'a.txt', line), met(2, 'a.txt', line), met(3, 'a.txt', line)] }),
        },
      },
    });
    const { exit, records } = await bench.prd('run', '--json');
    expect(exit).toBe(0);
    expect(steps(records)[0]).toBe('refine US-1 null');
    expect(ofType(records, 'spec.decided')).toMatchObject([{ refined: true, reused: false, builder: 'delegate' }]);
    const [spec = ''] = told(bench, 'Story US-1');
    for (const part of ['Copy the first line of notes.txt', '3. `a.txt` holds the word done', 'old notes']) {
      expect(spec).toContain(part);
    }
  });

  it('a story that is ready goes out as it is written, and nobody is asked', async () => {
    const bench = await runBench({
      stories: [fileStory('US-1', 'a.txt')],
      script: { 'US-1': [writes('a.txt', said)] },
    });
    const { records } = await bench.prd('run', '--json');
    expect(steps(records)).toEqual(['implement US-1 1']);
    expect(ofType(records, 'spec.decided')).toMatchObject([
      { refined: false, because: 'it is ready as it is written' },
    ]);
  });

  it('a refinement is reused for free in a later run, until a file it names changes', async () => {
    const bench = await runBench({
      stories: [vague('US-1', 'a.txt')],
      files: { 'notes.txt': 'old notes\n' },
      script: {
        'US-1': {
          refine: refines('US-1', { files: [{ path: 'notes.txt', action: 'modify', why: '' }] }),
          implement: [[{ calls: [{ tool: 'finish', input: { status: 'blocked', summary: 'no' } }] }]],
        },
      },
    });
    const decided = async () => ofType((await bench.prd('run', 'US-1', '--json')).records, 'spec.decided');
    expect(await decided()).toMatchObject([{ refined: true, reused: false }]);
    expect(await decided()).toMatchObject([{ refined: true, reused: true }]);
    await bench.repository.commit('Change', { 'notes.txt': 'new notes\n' });
    expect(await decided()).toMatchObject([{ refined: true, reused: false }]);
  });

  it('when two tries leave a story unclean the orchestrator takes it, and the run says why', async () => {
    const bench = await runBench({
      stories: [vague('US-1', 'a.txt')],
      script: {
        'US-1': {
          refine: [
            [
              ...(refines('US-1', { extraCriteria: ['It looks modern and clean'] })[0] ?? []),
              ...(refines('US-1', { extraCriteria: ['It feels intuitive'] })[0] ?? []),
            ],
          ],
          implement: [writes('a.txt', said)],
        },
      },
    });
    const { exit, records } = await bench.prd('run', '--json');
    expect(exit).toBe(0);
    expect(ofType(records, 'spec.decided')).toMatchObject([
      { builder: 'orchestrator', because: expect.stringMatching(/^still not ready after refining: criterion 3/) },
    ]);
    expect(ofType(records, 'attempt.started')).toMatchObject([{ role: 'orchestrator', model: 'opus' }]);
  });

  it('an answer that cannot be used sends an unready story to the orchestrator', async () => {
    const bench = await runBench({
      stories: [vague('US-1', 'a.txt')],
      script: { 'US-1': { refine: [[{ say: 'I would rather not.', calls: [] }]], implement: [writes('a.txt', said)] } },
    });
    const { exit, records } = await bench.prd('run', '--json');
    expect(exit).toBe(0);
    expect(ofType(records, 'spec.decided')).toMatchObject([{ refined: false, builder: 'orchestrator' }]);
  });

  it('the next story is refined while this one is built, once', async () => {
    const bench = await runBench({
      stories: [vague('US-1', 'a.txt', { files: ['a.txt'] }), vague('US-2', 'b.txt', { files: ['b.txt'] })],
      script: {
        'US-1': { refine: refines('US-1'), implement: [writes('a.txt', said)] },
        'US-2': { refine: refines('US-2'), implement: [writes('b.txt', said)] },
      },
    });
    const { records } = await bench.prd('run', '--json', '--refine', 'always', '--review', 'never');
    const asked = steps(records);
    expect(asked.filter((step) => step.startsWith('refine')).sort()).toEqual(['refine US-1 null', 'refine US-2 null']);
    expect(asked.indexOf('refine US-2 null')).toBeLessThan(asked.indexOf('implement US-1 1'));
    expect(ofType(records, 'spec.decided').map(({ reused }) => reused)).toEqual([false, true]);
  });

  it('a recommended route is only obeyed with --upgrade', async () => {
    const bench = await runBench({
      stories: [vague('US-1', 'a.txt'), vague('US-2', 'b.txt')],
      script: Object.fromEntries(
        [
          ['US-1', 'a.txt'],
          ['US-2', 'b.txt'],
        ].map(([id = '', file = '']) => [
          id,
          {
            refine: refines(id, { route: 'orchestrator', reason: 'it is the first of its kind' }),
            implement: [writes(file, said)],
            review: reviews({ criteria: [met(1, file, line), met(2, file, line)] }),
          },
        ]),
      ),
    });
    const builder = async (...argv: string[]) =>
      ofType((await bench.prd('run', '--json', ...argv)).records, 'spec.decided').map((one) => one.builder);
    expect(await builder('US-1')).toEqual(['delegate']);
    expect(await builder('US-2', '--upgrade')).toEqual(['orchestrator']);
  });

  it('exact edits that make every check green need no delegate', async () => {
    const bench = await runBench({
      stories: [fileStory('US-1', 'a.txt', { acceptanceCriteria: ['Verify: grep -q new a.txt'] })],
      files: { 'a.txt': 'old word\n' },
      script: { 'US-1': { refine: refines('US-1', { edits: [{ path: 'a.txt', old: 'old', new: 'new' }] }) } },
    });
    const { exit, records } = await bench.prd('run', '--json', '--refine', 'always');
    expect(exit).toBe(0);
    expect(steps(records)).toEqual(['refine US-1 null']);
    expect(await bench.repository.git('show', 'main:a.txt')).toBe('new word');
  });

  it('exact edits that are not enough are where the delegate starts', async () => {
    const bench = await runBench({
      stories: [fileStory('US-1', 'b.txt', { acceptanceCriteria: ['Verify: grep -q new a.txt && test -s b.txt'] })],
      files: { 'a.txt': 'old word\n' },
      script: {
        'US-1': {
          refine: refines('US-1', { edits: [{ path: 'a.txt', old: 'old', new: 'new' }] }),
          implement: [writes('b.txt')],
        },
      },
    });
    expect((await bench.prd('run', '--refine', 'always')).exit).toBe(0);
    expect(await bench.repository.git('show', 'main:a.txt')).toBe('new word');
    expect(told(bench, 'Story US-1')[0]).toContain('exact edits of the plan are in the files already');
  });
});

describe('review', () => {
  const guards = fileStory('US-1', 'a.txt', {
    acceptanceCriteria: ['`a.txt` holds the word done', 'Verify: test -s README.md'],
  });

  it('a story whose checks were green before the work lands as reviewed, by quotes that were looked up', async () => {
    const bench = await runBench({
      stories: [guards],
      script: {
        'US-1': {
          implement: [writes('a.txt', said)],
          review: reviews({ criteria: [met(1, 'a.txt', line), met(2, 'a.txt', line)] }),
        },
      },
    });
    const { exit, records } = await bench.prd('run', '--json', '--review', 'never');
    expect(exit).toBe(0);
    expect(ofType(records, 'landing.done')).toMatchObject([{ strength: 'reviewed' }]);
    expect((await bench.prd('check')).exit).toBe(0);
  });

  it('an approval with a quote that is nowhere in the file does not count', async () => {
    const bench = await runBench({
      stories: [guards],
      script: {
        'US-1': {
          implement: [writes('a.txt', said)],
          review: reviews({ criteria: [met(1, 'a.txt', 'all is well here'), met(2, 'a.txt', line)] }),
        },
      },
    });
    const { exit, records } = await bench.prd('run', '--json');
    expect(exit).not.toBe(0);
    expect(ofType(records, 'review.finished')[0]).toMatchObject({ verdict: 'inconclusive', said: 'approve' });
    expect(await bench.stories()).toEqual({ 'US-1': false });
  });

  it('remarks go to the next attempt, and a lesson heads the prompts of later stories', async () => {
    const remark = { severity: 'blocker', path: 'a.txt', line: 1, problem: 'the word is wrong', fix: 'write done' };
    const bench = await runBench({
      stories: [
        { ...guards, phase: 1 },
        fileStory('US-2', 'b.txt', { phase: 1 }),
        fileStory('US-3', 'c.txt', { phase: 2 }),
      ],
      script: {
        'US-1': {
          implement: [
            writes('a.txt', `${german}\n`),
            [{ calls: [{ tool: 'read', input: { files: [{ path: 'a.txt' }] } }] }, ...writes('a.txt', said)],
          ],
          review: reviews(
            {
              verdict: 'revise',
              criteria: [{ n: 1, status: 'unmet', evidence: nobody }, met(2, 'a.txt', german)],
              remarks: [remark],
              coaching: 'Write English words (not German) in text files',
            },
            { criteria: [met(1, 'a.txt', line), met(2, 'a.txt', line)] },
          ),
        },
        'US-2': [writes('b.txt')],
        'US-3': [writes('c.txt')],
      },
    });
    const { exit, records } = await bench.prd('run', '--json');
    expect(exit).toBe(0);
    expect(ofType(records, 'review.finished').map(({ verdict }) => verdict)).toEqual(['revise', 'approved']);
    expect(told(bench, 'Story US-1')[1]).toContain('a.txt:1 the word is wrong; write done');
    expect((await bench.prd('show', 'US-1')).stdout).toContain('    blocker  a.txt:1 the word is wrong → write done\n');
    // Learned in the middle of a wave it stands in the story's own part; from the next phase on it heads every prompt.
    expect(told(bench, 'Story US-2')[0]).toContain('Write English words');
    const last = bodies(bench).findLast(({ messages }) => JSON.stringify(messages).includes('# Story US-3'));
    expect(JSON.stringify(last?.system)).toContain('Write English words');
    expect(await bench.repository.git('show', 'main:.prd/coaching.md')).toContain('Write English words (not German)');
    const [, , third] = ofType(records, 'spec.written').filter(({ notes }) => notes.length > 0);
    expect(third ?? ofType(records, 'spec.written').at(-1)).toMatchObject({ notes: [expect.stringMatching(/^n-/)] });
  });

  it('work of a delegate that is proven, small and expected is not read', async () => {
    const bench = await runBench({
      stories: [fileStory('US-1', 'a.txt', { files: ['a.txt'], acceptanceCriteria: ['Verify: test -s a.txt'] })],
      script: { 'US-1': [writes('a.txt', said)] },
    });
    const { records } = await bench.prd('run', '--json');
    expect(ofType(records, 'review.decided')).toMatchObject([
      { review: false, because: 'small, as listed, and every criterion has a check' },
    ]);
  });
});

describe('diagnose', () => {
  it('a failed attempt is explained by the orchestrator, and the hint reaches a fresh delegate', async () => {
    const bench = await runBench({
      stories: [fileStory('US-1', 'a.txt', { acceptanceCriteria: ['Verify: grep -q right a.txt'] })],
      script: {
        'US-1': {
          implement: [
            [...writes('a.txt', 'wrong\n'), { calls: [finished] }],
            [{ calls: [{ tool: 'read', input: { files: [{ path: 'a.txt' }] } }] }, ...writes('a.txt', 'right\n')],
          ],
          diagnose: reviews({
            verdict: 'revise',
            remarks: [{ severity: 'blocker', path: 'a.txt', line: 1, problem: 'it says wrong', fix: 'say right' }],
          }),
        },
      },
    });
    const { exit, records } = await bench.prd('run', '--json');
    expect(exit).toBe(0);
    expect(ofType(records, 'attempt.started').map(({ role }) => role)).toEqual(['delegate', 'delegate']);
    expect(told(bench, 'Story US-1')[1]).toContain('a.txt:1 it says wrong; say right');
    const shown = (await bench.prd('show', 'US-1')).stdout;
    expect(shown).toContain('  diagnosis  retry\n    - a.txt:1 it says wrong; say right\n');
  });
});

describe('the prompt prefix', () => {
  it('is the same bytes for every story, attempt, step and worker of a role, so the second request reads the cache', async () => {
    const stories = ['US-1', 'US-2', 'US-3', 'US-4'];
    const bench = await runBench({
      stories: stories.map((id) => vague(id, `${id}.txt`, { files: [`${id}.txt`] })),
      minCacheablePrefix: 0,
      script: Object.fromEntries(
        stories.map((id) => [
          id,
          {
            refine: refines(id),
            implement: [writes(`${id}.txt`, said)],
            review: reviews({ criteria: [met(1, `${id}.txt`, line), met(2, `${id}.txt`, line)] }),
          },
        ]),
      ),
    });
    const { exit, records } = await bench.prd('run', '--json', '--parallel', '3', '--review', 'always');
    expect(exit).toBe(0);
    const prefixes = new Map<string, Set<string>>();
    for (const body of bodies(bench)) {
      const { model, system, tools } = body as Body & { model: string; tools: unknown };
      prefixes.set(model, (prefixes.get(model) ?? new Set()).add(JSON.stringify([system, tools])));
    }
    expect([...prefixes.values()].map((seen) => seen.size)).toEqual([1, 1]);
    for (const role of ['orchestrator', 'delegate']) {
      const paid = ofType(records, 'request.settled').filter((one) => one.role === role);
      expect(paid.length).toBeGreaterThan(2);
      expect(paid.filter(({ usage }) => (usage?.cacheRead ?? 0) > 0).length).toBeGreaterThan(0);
    }
  });
});
