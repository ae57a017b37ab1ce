import { mkdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileStory, type RunBench, runBench } from '../helpers/run.ts';

/** Puts the fake agent on the `PATH` under its real name, beside git and a shell. */
async function withClaude(stories: readonly object[]): Promise<RunBench> {
  const bench = await runBench({ stories, script: {} });
  const bin = join(bench.repository.folder, 'bin');
  await mkdir(bin);
  await symlink(resolve('test/fixtures/fake-claude/claude.mjs'), join(bin, 'claude'));
  bench.env.PATH = `${bin}:${process.env.PATH ?? ''}`;
  bench.env.ANTHROPIC_API_KEY = '';
  return bench;
}

describe('prd run --implementer claude-code', () => {
  it('lands what Claude Code built, by the checks alone, at the cost it reports', async () => {
    const bench = await withClaude([fileStory('US-1', 'built.txt')]);
    const { exit, records } = await bench.prd('run', '--implementer', 'claude-code', '--json');
    expect({ exit, requests: bench.server.requests.length }).toEqual({ exit: 0, requests: 0 });
    expect(records.find(({ type }) => type === 'story.finished')?.data).toMatchObject({
      outcome: 'passes',
      costUsd: 0.25,
    });
    expect(await bench.stories()).toEqual({ 'US-1': true });
  });

  it('is not believed when it says that it is done and the checks are red', async () => {
    const bench = await withClaude([fileStory('US-1', 'other.txt')]);
    expect((await bench.prd('run', '--implementer', 'claude-code', '--json')).exit).toBe(3);
    expect(await bench.stories()).toEqual({ 'US-1': false });
  });

  it('is offered where no key is set', async () => {
    const bench = await withClaude([fileStory('US-1', 'built.txt')]);
    const { exit, stderr } = await bench.prd('run');
    expect(exit).toBe(4);
    expect(stderr).toContain('--implementer claude-code');
  });
});
