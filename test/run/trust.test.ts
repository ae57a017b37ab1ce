import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { visible } from '../../src/cli/asks-text.ts';
import { main } from '../../src/main.ts';
import { fakeIo } from '../helpers/cli.ts';
import { fileStory, type RunBench, runBench, writes } from '../helpers/run.ts';

const bench = async (criteria = ['Verify: test -s a.txt']): Promise<RunBench> => {
  const made = await runBench({
    stories: [fileStory('US-1', 'a.txt', { acceptanceCriteria: criteria })],
    script: { 'US-1': [writes('a.txt')] },
  });
  delete made.env.PRD_TRUST;
  // In a box checks are not asked for.
  made.env.PRD_SANDBOX = 'guard';
  return made;
};
const change = async ({ repository }: RunBench, criterion: string) => {
  const prd = { userStories: [fileStory('US-1', 'a.txt', { acceptanceCriteria: [criterion] })] };
  await repository.commit('Change', { 'PRD.json': `${JSON.stringify(prd, null, 2)}\n` });
};

/** One invocation by a person at a terminal, who says this when asked. */
async function asPerson({ env, repository }: RunBench, said: string, ...argv: string[]) {
  const io = fakeIo({ argv, env, cwd: repository.root, terminal: { isTTY: true, columns: 80 } });
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  stdin.end(`${said}\n`);
  const exit = await main({ ...io, cwd: () => repository.root, stdin });
  return { exit, ...io.written };
}

describe('consent', () => {
  it.each([['run'], ['verify'], ['accept', 'US-1', '--reason', 'seen']])(
    'without a person and without an answer %s leaves with 6 before anything of the repository runs',
    async (...argv) => {
      const made = await bench(['Verify: touch ran && test -s a.txt']);
      const { exit, stderr } = await made.prd(...argv);
      expect(exit).toBe(6);
      expect(stderr).toContain('needs your consent: check `touch ran && test -s a.txt`');
      expect(stderr).toContain(`prd ${argv[0]} --trust`);
      expect(made.server.requests).toEqual([]);
    },
  );

  it('--trust and PRD_TRUST=1 hold for this once and are not remembered', async () => {
    const made = await bench();
    expect((await made.prd('verify', '--trust')).exit).toBe(0);
    expect((await made.prd('verify')).exit).toBe(6);
    made.env.PRD_TRUST = '1';
    expect((await made.prd('run')).exit).toBe(0);
  });

  it('"once" is remembered for these bytes alone', async () => {
    const made = await bench();
    const asked = await asPerson(made, 'o', 'verify');
    expect(asked.exit).toBe(0);
    expect(asked.stderr).toContain('test -s a.txt');
    expect((await made.prd('verify')).exit).toBe(0);
    await change(made, 'Verify: test -s  a.txt');
    expect((await made.prd('verify')).exit).toBe(6);
  });

  it('"always" covers later edits, but not a command that changes the world', async () => {
    const made = await bench();
    expect((await asPerson(made, 'always', 'verify')).exit).toBe(0);
    await change(made, 'Verify: test -f a.txt');
    expect((await made.prd('verify')).exit).toBe(0);
    await change(made, 'Verify: git push origin main');
    expect((await made.prd('verify')).exit).toBe(6);
  });

  it.each(['n', '', 'yes'])('%j is no', async (said) => {
    expect((await asPerson(await bench(), said, 'verify')).exit).toBe(6);
  });

  it('trust lists what was approved, and revoke asks again', async () => {
    const made = await bench();
    await asPerson(made, 'o', 'verify');
    const listed = JSON.parse((await made.prd('trust', 'list', '--json')).stdout);
    expect(listed).toMatchObject({ always: false, approved: [{ kind: 'check', text: 'test -s a.txt' }] });
    expect((await made.prd('trust', 'list')).stdout).toContain('1 approval; `prd trust revoke` takes them back');
    expect((await made.prd('trust', 'revoke')).exit).toBe(0);
    expect((await made.prd('verify')).exit).toBe(6);
    expect((await made.prd('trust', 'list')).stdout).toBe('nothing is approved in this repository; `prd run` asks\n');
  });

  it('a plan, a status, a lint and a gate need no consent, since they execute nothing', async () => {
    const made = await bench(['Verify: touch ../ran']);
    for (const argv of [['run', '--dry-run'], ['status'], ['lint'], ['check']]) {
      expect((await made.prd(...argv)).exit).not.toBe(6);
    }
  });
});

describe('what a repository asks for', () => {
  const needs = { needs: { env: ['DATABASE_URL'], network: 'host', copy: ['.env.test'] } };
  const asking = async () => {
    const made = await bench(['Verify: test -n "$DATABASE_URL" && test -s .env.test']);
    await made.repository.commit('Ask', { 'prd.config.json': JSON.stringify(needs) });
    await made.repository.write({ '.env.test': 'A=1\n' });
    Object.assign(made.env, { DATABASE_URL: 'postgres://localhost/x', PRD_TRUST: '1' });
    return made;
  };

  it('is not granted by --trust, and named with the way to grant it', async () => {
    const { exit, stderr } = await (await asking()).prd('verify', '--trust');
    expect(exit).toBe(6);
    expect(stderr).toContain('checks see the variable DATABASE_URL, checks reach the network');
    expect(stderr).toContain('PRD_NEEDS=allow');
  });

  it('is granted once for all by a person, until it asks for more', async () => {
    const made = await asking();
    expect((await asPerson(made, 'y', 'verify')).exit).toBe(0);
    expect(JSON.parse((await made.prd('verify', '--json')).stdout)).toMatchObject({ checks: [{ kind: 'guard' }] });
    const more = { needs: { ...needs.needs, env: ['DATABASE_URL', 'OTHER'] } };
    await made.repository.commit('Ask more', { 'prd.config.json': JSON.stringify(more) });
    expect((await made.prd('verify')).stderr).toContain('needs your consent: checks see the variable OTHER');
  });

  it('is granted by PRD_NEEDS=allow, for CI', async () => {
    const made = await asking();
    made.env.PRD_NEEDS = 'allow';
    expect((await made.prd('verify')).exit).toBe(0);
  });
});

describe('visible', () => {
  it.each([
    ['npm test', 'npm test'],
    ['npm\u200btest', 'npm\\u{200b}test'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['a\nb\u00a0c', 'a\\u{a}b\\u{a0}c'],
    ['größer 日本 👍', 'größer 日本 👍'],
  ])('%j is shown as %s', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});
