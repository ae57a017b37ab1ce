import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { builtInImplementer } from '../../src/agent/loop.ts';
import type { Block, ModelRequest, StopReason } from '../../src/models/model.ts';
import { attemptJob, green, type JobOptions, red, redForGood, testSpec, turnsOf } from './attempt.ts';
import { call, calling, failing, finishDone, reply, type Scripted, saying, scriptedModels } from './scripted-models.ts';

/** Plays one attempt. */
async function attempt(options: JobOptions, ...script: readonly Scripted[]) {
  const job = attemptJob(options);
  const models = scriptedModels(...script);
  const end = await builtInImplementer(models).attempt(job);
  return { end, job, requests: models.requests };
}

/** The results of a request's last message, and the words after them. */
function answered(request: ModelRequest | undefined): readonly string[] {
  const blocks = request?.messages.at(-1)?.content ?? [];
  return blocks.map((block) => {
    if (block.type === 'tool_result') return `${block.isError ? 'error: ' : ''}${block.content}`;
    return block.type === 'text' ? block.text : block.type;
  });
}

const searching = (index: number): Scripted => calling('search', { pattern: `absent${index}` });

describe('an attempt', () => {
  it('reads, edits, runs, and ends when its checks are green', async () => {
    const { end, job, requests } = await attempt(
      { files: { 'src/cart.ts': 'export const total = 0;\n' }, verdicts: [green] },
      reply([call('read', { files: [{ path: 'src/cart.ts' }] }), call('search', { pattern: 'total' })]),
      reply([
        call('edit', { path: 'src/cart.ts', edits: [{ old: '0', new: '1' }] }),
        call('run', { command: 'cat src/cart.ts' }),
      ]),
      calling('finish', {
        status: 'done',
        summary: 'totals',
        criteria: [{ n: 1, met: true, evidence: 'src/cart.ts:1' }],
      }),
    );
    expect(end).toEqual({ kind: 'finished', green: true, summary: 'totals' });
    expect(job.claims).toEqual([{ summary: 'totals', criteria: [{ n: 1, met: true, evidence: 'src/cart.ts:1' }] }]);
    expect(job.events).toEqual([
      { type: 'agent.turn', data: { story: 'US-1', attempt: 1, turn: 1, calls: ['read src/cart.ts', 'search total'] } },
      {
        type: 'agent.turn',
        data: { story: 'US-1', attempt: 1, turn: 2, calls: ['edit src/cart.ts', 'run cat src/cart.ts'] },
      },
      { type: 'agent.turn', data: { story: 'US-1', attempt: 1, turn: 3, calls: ['finish done'] } },
    ]);
    expect(answered(requests[2])[1]).toMatch(/^exit 0 in \d\.\ds\nexport const total = 1;$/);
  });

  it('gets red checks back as the result of finish, in the same conversation', async () => {
    const { end, requests } = await attempt({ verdicts: [red, green] }, finishDone(), finishDone());
    expect(end).toMatchObject({ kind: 'finished', green: true });
    expect(answered(requests[1])).toEqual(['npm test: exit 1']);
    expect(requests[1]?.messages).toHaveLength(3);
  });

  it('ends red when no further round is allowed', async () => {
    const { end } = await attempt({ verdicts: [red, red, redForGood] }, finishDone(), finishDone(), finishDone());
    expect(end).toEqual({ kind: 'finished', green: false, summary: 'built it' });
  });

  it.each([
    ['blocked', { kind: 'blocked', reason: 'why' }],
    ['needs_orchestrator', { kind: 'needs-orchestrator', question: 'why' }],
  ])('hands the story over when it is %s', async (status, expected) => {
    const { end } = await attempt({}, calling('finish', { status, summary: 'why' }));
    expect(end).toEqual(expected);
  });

  it('is told once what policy does with a path', async () => {
    const policyNote = (path: string): string | null => (path === 'tsconfig.json' ? 'left out unless owned' : null);
    const { requests } = await attempt(
      { files: { 'tsconfig.json': 'a b\n' }, verdicts: [green], job: { policyNote } },
      calling('edit', { path: 'tsconfig.json', edits: [{ old: 'a', new: 'x' }] }),
      calling('edit', { path: 'tsconfig.json', edits: [{ old: 'b', new: 'y' }] }),
      finishDone(),
    );
    expect(answered(requests[1])[0]).toMatch(/\n\[left out unless owned\]$/);
    expect(answered(requests[2])[0]).not.toMatch(/left out/);
  });

  it('may replace files that came with the story', async () => {
    const shown = new Map([['a.ts', createHash('sha256').update('one\n').digest('hex')]]);
    const { requests } = await attempt(
      { files: { 'a.ts': 'one\n' }, verdicts: [green], job: { spec: { ...testSpec, shown } } },
      calling('write', { path: 'a.ts', content: 'two\n' }),
      finishDone(),
    );
    expect(answered(requests[1])).toEqual(['replaced a.ts: 1 line']);
  });
});

describe('calls of one turn', () => {
  it('are answered in one message, in call order, and changes take effect in that order', async () => {
    const { requests, job } = await attempt(
      { files: { 'a.ts': 'one\n' }, verdicts: [green] },
      reply([
        call('read', { files: ['a.ts'] }),
        call('edit', { path: 'a.ts', edits: [{ old: 'one', new: 'two' }] }),
        call('run', { command: 'cat a.ts' }),
        call('edit', { path: 'a.ts', edits: [{ old: 'two', new: 'three' }] }),
        call('edit', { path: 'a.ts', edits: [{ old: 'three', new: 'four' }] }),
        call('read', { files: ['a.ts'] }),
      ]),
      finishDone(),
    );
    const said = answered(requests[1]).map((each) =>
      each
        .split('\n')
        .slice(0, 2)
        .join(' ')
        .replace(/\d\.\ds/, '#s'),
    );
    expect(said).toEqual([
      'a.ts lines 1-1 of 1 1\tone',
      'edited a.ts @@ -1 +1 @@',
      'exit 0 in #s two',
      'edited a.ts @@ -1 +1 @@',
      'edited a.ts @@ -1 +1 @@',
      'a.ts lines 1-1 of 1 1\tfour',
    ]);
    expect(job.workspace.bytes('a.ts')).toBe('four\n');
  });

  it('after finish are not run', async () => {
    const { job, requests } = await attempt(
      { verdicts: [red, green] },
      reply([
        call('write', { path: 'a.ts', content: 'a' }),
        call('finish', { status: 'done', summary: 's' }),
        call('write', { path: 'b.ts', content: 'b' }),
      ]),
      finishDone(),
    );
    expect(answered(requests[1])).toEqual([
      'created a.ts: 1 line',
      'npm test: exit 1',
      'error: not run: it came after finish, or after the end of the attempt',
    ]);
    expect(() => job.workspace.bytes('b.ts')).toThrow();
  });

  it('that look run together, eight at a time', async () => {
    let [running, most] = [0, 0];
    const job = attemptJob({ verdicts: [green] });
    const { files } = job.workspace;
    const slow = {
      ...files,
      read: async (path: string) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return files.read(path);
      },
    };
    const looks = Array.from({ length: 10 }, (_, index) => call('read', { files: [`f${index}`] }));
    const models = scriptedModels(reply(looks), finishDone());
    await builtInImplementer(models).attempt({ ...job, workspace: { ...job.workspace, files: slow } });
    expect(most).toBe(8);
  });

  const notJson = 'the input is not a JSON object; nothing was run; send the call again';

  it.each([
    ['no JSON', 'read', '{"files": ["a.ts"', notJson],
    ['a JSON text', 'read', '"a.ts"', notJson],
    ['too much', 'write', `{"path": "a", "content": "${'x'.repeat(2_000_001)}"}`, notJson],
    [
      'a field that is missing',
      'write',
      '{"path": "a"}',
      'write: `content`: expected string, received undefined; nothing was run',
    ],
    ['an unknown tool', 'bash', '{"command": "ls"}', 'there is no tool `bash`'],
    ['a tool of another step', 'submit_review', '{}', 'submit_review is not available in this step'],
    ['another tool of another step', 'submit_refinement', '{}', 'submit_refinement is not available in this step'],
  ])('with %s are errors, and the attempt goes on', async (_, name, input, message) => {
    const { requests, end } = await attempt({ verdicts: [green] }, calling(name, input), finishDone());
    expect(answered(requests[1])).toEqual([`error: ${message}`]);
    expect(end).toMatchObject({ kind: 'finished' });
  });

  it('without input are understood as an empty one', async () => {
    const { requests } = await attempt({ verdicts: [green] }, calling('read', ''), finishDone());
    expect(answered(requests[1])[0]).toMatch(/^error: read: `files\.0\.path`/);
  });
});

describe('a reply without a call', () => {
  it('is reminded once, then taken for finish(done)', async () => {
    const { end, job, requests } = await attempt(
      { verdicts: [green] },
      saying('All done.'),
      saying('Really, all done.'),
    );
    expect(end).toEqual({ kind: 'finished', green: true, summary: 'Really, all done.' });
    expect(answered(requests[1])[0]).toMatch(/^\[nothing was called: go on with the tools, or call finish/);
    expect(turnsOf(job)).toEqual([[], []]);
  });

  it('that is empty leaves no message behind', async () => {
    const { requests } = await attempt({ verdicts: [green] }, reply([]), finishDone());
    expect(requests[1]?.messages.map(({ role, content }) => [role, content.length])).toEqual([['user', 2]]);
  });

  it('is told what the checks say, and goes on', async () => {
    const { requests, end } = await attempt({ verdicts: [red, green] }, saying('Done.'), saying('Done!'), finishDone());
    expect(answered(requests[2])).toEqual(['npm test: exit 1']);
    expect(end).toMatchObject({ green: true });
  });
});

describe('a turn that the model did not end', () => {
  const cut = (): Scripted => reply([call('write', { path: 'a.ts', content: 'x' })], { stop: 'max_tokens' });

  it('runs nothing and is asked for once more, with more room and smaller pieces', async () => {
    const { job, requests, end } = await attempt({ verdicts: [green] }, cut(), finishDone());
    expect(() => job.workspace.bytes('a.ts')).toThrow();
    expect(requests.map(({ maxTokens }) => maxTokens)).toEqual([1_000, 2_000]);
    expect(answered(requests[1])[1]).toMatch(
      /cut off at the output limit and none of it was run; work in smaller pieces/,
    );
    expect(end).toMatchObject({ kind: 'finished' });
  });

  it('ends the attempt when it is cut off again', async () => {
    const { end } = await attempt({}, cut(), cut());
    expect(end).toEqual({ kind: 'limit', limit: 'output', detail: 'cut off at 2000 tokens' });
  });

  it('is sent again when the model paused, five times', async () => {
    const paused = (): Scripted => reply([call('run', { command: 'x' })], { stop: 'pause_turn' });
    const { end, requests } = await attempt({}, ...Array.from({ length: 6 }, paused));
    expect(end).toEqual({ kind: 'stuck', detail: 'the model paused 6 times' });
    expect(requests.every(({ messages }) => messages.length === 1)).toBe(true);
  });

  it.each([
    ['refusal', 'I cannot help with that.', { kind: 'refused', detail: 'I cannot help with that.' }],
    ['refusal', '', { kind: 'refused', detail: 'the model refused' }],
    ['context_exceeded', '', { kind: 'limit', limit: 'prompt', detail: 'the context of the model is full' }],
    [{ unknown: 'new_reason' }, '', { kind: 'stuck', detail: 'unknown stop reason new_reason' }],
  ] as const)('ends the attempt at %j', async (stop, text, expected) => {
    const content: Block[] = [{ type: 'text', text }, call('write', { path: 'a.ts', content: 'x' })];
    const { end, job } = await attempt({}, reply(content, { stop: stop as StopReason }));
    expect(end).toEqual(expected);
    expect(() => job.workspace.bytes('a.ts')).toThrow();
    expect(job.events).toEqual([]);
  });
});

describe('a failure at the model boundary', () => {
  const provider = (failure: string, stopsRun: boolean) => ({ kind: 'provider', failure, said: 'slow down', stopsRun });

  it.each([
    ['rate-limit', provider('rate-limit', false)],
    ['overloaded', provider('overloaded', false)],
    ['connection', provider('connection', false)],
    ['stalled', provider('stalled', false)],
    ['bad-request', provider('bad-request', false)],
    ['malformed', provider('malformed', false)],
    ['credentials', provider('credentials', true)],
    ['spend-limit', provider('spend-limit', true)],
    ['unreachable', provider('unreachable', true)],
    ['budget', { kind: 'limit', limit: 'budget', detail: 'slow down' }],
    ['context-exceeded', { kind: 'limit', limit: 'prompt', detail: 'slow down' }],
    ['aborted', { kind: 'aborted' }],
  ] as const)('%s ends the attempt', async (failure, expected) => {
    const { end } = await attempt({}, failing(failure, 'slow down'));
    expect(end).toEqual(expected);
  });
});

describe('limits', () => {
  const six = [1, 2, 3, 4, 5, 6].map(searching);

  it('notices come with the results, and after the last turn only finish is answered', async () => {
    const { end, requests, job } = await attempt(
      { verdicts: [red] },
      ...six,
      reply([call('write', { path: 'a', content: 'a' }), call('finish', { status: 'done', summary: 's' })]),
    );
    expect(end).toEqual({ kind: 'limit', limit: 'turns', detail: '6 turns' });
    expect(answered(requests[4])).toEqual(['no match', '[turn 4 of 6: do what is still needed, then call finish]']);
    expect(answered(requests[6])).toEqual([
      'no match',
      '[turn 6 of 6: one more reply is read, and only finish is answered]',
    ]);
    expect(turnsOf(job).at(-1)).toEqual(['write (not understood)', 'finish done']);
    expect(() => job.workspace.bytes('a')).toThrow();
  });

  it('finish in the grace turn counts', async () => {
    const { end } = await attempt({ verdicts: [green] }, ...six, finishDone());
    expect(end).toMatchObject({ kind: 'finished', green: true });
  });

  it('words in the grace turn are taken for finish(done)', async () => {
    const { end } = await attempt({ verdicts: [redForGood] }, ...six, saying('Out of turns.'));
    expect(end).toEqual({ kind: 'finished', green: false, summary: 'Out of turns.' });
  });

  it('a prompt that is too large is not sent', async () => {
    const usage = { fresh: 95_000, write5m: 0, write1h: 0, cacheRead: 0, output: 10 };
    const { end } = await attempt({}, reply([call('search', { pattern: 'x' })], { usage }));
    expect(end).toEqual({ kind: 'limit', limit: 'prompt', detail: expect.stringMatching(/^9\d{4} tokens$/) });
  });

  it('a story that is too large from the start is not sent either', async () => {
    const brief = '# Story US-1: Cart totals\n'.padEnd(300_000, 'x');
    const { end, requests } = await attempt({ job: { spec: { ...testSpec, brief } } });
    expect([end.kind, requests.length]).toEqual(['limit', 0]);
  });

  it('five turns in a row in which every call fails end it', async () => {
    const missing = (index: number): Scripted => calling('read', { files: [`file-${index}`] });
    const { end } = await attempt({}, ...[1, 2, 3, 4, 5].map(missing));
    expect(end).toEqual({ kind: 'stuck', detail: 'in 5 turns in a row every call failed' });
  });

  it('the same call with the same result is warned about, then ends it', async () => {
    const { end, requests } = await attempt({}, searching(1), searching(1), searching(1));
    expect(answered(requests[2])).toEqual([
      'no match\n[the same call with the same result as before; a third time ends the attempt]',
    ]);
    expect(end).toEqual({ kind: 'stuck', detail: 'loop: search was called 3 times with the same result' });
  });

  it('three turns in a row that cannot be parsed end it', async () => {
    const broken = (index: number): Scripted => calling('read', `{${'{'.repeat(index)}`);
    const { end } = await attempt({}, broken(1), broken(2), broken(3));
    expect(end).toEqual({ kind: 'stuck', detail: '3 turns in a row could not be parsed' });
  });

  it('red checks, however often, are no loop', async () => {
    const { end } = await attempt(
      { verdicts: [red, red, red, green] },
      finishDone(),
      finishDone(),
      finishDone(),
      finishDone(),
    );
    expect(end).toMatchObject({ green: true });
  });
});

describe('time and interruption', () => {
  const untilAborted = (_: ModelRequest, signal: AbortSignal): Promise<ReturnType<typeof failing>> =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(failing('aborted'))));

  it('an attempt that outlives its time ends at that limit', async () => {
    const { end } = await attempt({ limits: { wallMs: 50 } }, untilAborted);
    expect(end).toEqual({ kind: 'limit', limit: 'time', detail: '0 s' });
  });

  it('a command that outlives the time is ended with it', async () => {
    const { end } = await attempt({ limits: { wallMs: 300 } }, calling('run', { command: 'sleep 60' }));
    expect(end).toMatchObject({ kind: 'limit', limit: 'time' });
  });

  it('an interrupted attempt is aborted, not out of time', async () => {
    const controller = new AbortController();
    const { end } = await attempt({ job: { signal: controller.signal } }, (request, signal) => {
      setImmediate(() => controller.abort());
      return untilAborted(request, signal);
    });
    expect(end).toEqual({ kind: 'aborted' });
  });

  it('an attempt that was interrupted before it began asks nobody', async () => {
    const { end } = await attempt({ job: { signal: AbortSignal.abort() } });
    expect(end).toEqual({ kind: 'aborted' });
  });

  it('calls after an interruption are not run', async () => {
    const controller = new AbortController();
    const { end, job } = await attempt({ job: { signal: controller.signal } }, () => {
      controller.abort();
      return calling('write', { path: 'a.ts', content: 'x' });
    });
    expect(end).toEqual({ kind: 'aborted' });
    expect(() => job.workspace.bytes('a.ts')).toThrow();
  });
});

describe('what every request carries', () => {
  const prefix = ({ system, tools }: ModelRequest): string => JSON.stringify([system, tools]);

  it('tools and system are byte-identical across stories, attempts and workspaces', async () => {
    const first = await attempt({ files: { 'a.ts': 'a' }, verdicts: [red, green] }, finishDone(), finishDone());
    const spec = { ...testSpec, storyId: 'US-2', title: 'Other', brief: '# Story US-2: Other\n' };
    const second = await attempt({ verdicts: [green], job: { story: 'US-2', attempt: 3, spec } }, finishDone());
    expect(new Set([...first.requests, ...second.requests].map(prefix)).size).toBe(1);
    expect(prefix(first.requests[0] as ModelRequest)).not.toContain(first.job.workspace.dir);
  });

  it('the orchestrator has its own, with two more tools', async () => {
    const { requests } = await attempt({ verdicts: [green], job: { role: 'orchestrator' } }, finishDone());
    expect(requests[0]?.tools.map(({ name }) => name).slice(6)).toEqual(['submit_refinement', 'submit_review']);
    expect(requests[0]?.system.at(-1)?.cache).toBe('5m');
  });

  it('what it is for, how much it may say, and how large its prompt may be', async () => {
    const { requests } = await attempt({ verdicts: [green] }, searching(1), finishDone());
    expect(requests.map(({ purpose, maxTokens }) => ({ purpose, maxTokens }))).toEqual(
      Array(2).fill({ purpose: { step: 'implement', role: 'delegate', story: 'US-1', attempt: 1 }, maxTokens: 1_000 }),
    );
    const [first, second] = requests.map(({ promptTokensEstimate }) => promptTokensEstimate);
    expect(first).toBeGreaterThan(800);
    expect(first).toBeLessThan(2_500);
    expect(second).toBe(150 + Math.ceil('no match'.length / 3));
  });

  it('messages only ever grow, so that what was sent stays in the cache', async () => {
    const { requests } = await attempt(
      { files: { 'a.ts': 'one\n' }, verdicts: [red, green] },
      calling('read', { files: ['a.ts'] }),
      calling('edit', { path: 'a.ts', edits: [{ old: 'one', new: 'two' }] }),
      finishDone(),
      finishDone(),
    );
    const bare = requests.map(({ messages }) =>
      JSON.stringify(messages)
        .replace(/,"cache":"5m"/g, '')
        .slice(0, -1),
    );
    for (const [index, messages] of bare.slice(1).entries()) expect(messages.startsWith(bare[index] ?? '?')).toBe(true);
  });
});

it('old results are thinned out once, when the prompt has grown large, and count as not shown', async () => {
  const usage = { fresh: 61_000, write5m: 0, write1h: 0, cacheRead: 0, output: 10 };
  const long = Array.from({ length: 300 }, (_, index) => `line ${index}\n`).join('');
  const { requests } = await attempt(
    { files: { 'a.ts': long }, verdicts: [green], limits: { turns: 20, noticeAtTurn: 19 } },
    calling('read', { files: ['a.ts'] }),
    ...Array.from({ length: 10 }, (_, index) => searching(index)),
    reply([call('search', { pattern: 'zz' })], { usage }),
    calling('read', { files: ['a.ts'] }),
    finishDone(),
  );
  const firstResult = (request: ModelRequest | undefined): string => {
    const block = request?.messages[2]?.content[0];
    return block?.type === 'tool_result' ? block.content : '';
  };
  expect(firstResult(requests[11])).toMatch(/^a\.ts lines 1-300 of 300\n/);
  expect(firstResult(requests[12])).toBe('[read a.ts, shown at turn 1]');
  expect(firstResult(requests[13])).toBe('[read a.ts, shown at turn 1]');
  expect(answered(requests[13])[0]).toMatch(/^a\.ts lines 1-300 of 300\n/);
  expect(JSON.stringify(requests[12]?.messages.slice(3, 5))).toBe(JSON.stringify(requests[11]?.messages.slice(3, 5)));
});
