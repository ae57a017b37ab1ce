import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { demos } from '../src/cli/commands/demo.ts';
import { script } from '../src/models/scripted/script.ts';
import { parsePrd } from '../src/prd/parse.ts';
import { storyChecks } from '../src/prd/story-checks.ts';
import { spawned } from './helpers/cli.ts';

const readExample = (name: string) => {
  const parsed = parsePrd(readFileSync(`examples/${name}/PRD.json`, 'utf8'), 'PRD.json');
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
  return parsed.document.prd;
};

describe.each(demos)('examples/%s', (name) => {
  it('has a check for every story, and a script that knows every story', () => {
    const { stories } = readExample(name);
    const played = script.parse(JSON.parse(readFileSync(`examples/${name}/script/script.json`, 'utf8')));
    expect(stories.filter((story) => storyChecks(story).length === 0)).toEqual([]);
    expect(Object.keys(played.stories)).toEqual(stories.map(({ id }) => id));
  });

  it('lints without an error', async () => {
    const ran = await spawned(['lint', `examples/${name}/PRD.json`, '--quiet'], {
      cwd: process.cwd(),
      env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent' },
    });
    expect(ran.exit).toBe(0);
  });

  it('its demo lands every story, prints history and bill, says that the models are scripted, and leaves nothing behind', {
    timeout: 180_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'prd-examples-'));
    try {
      const env = { PATH: process.env.PATH ?? '', HOME: folder, TMPDIR: folder };
      const { exit, stdout, stderr } = await spawned(['demo', name], { cwd: folder, env });
      const { stories } = readExample(name);
      expect({ exit, stderr: stderr.split('\n')[0] }).toEqual({
        exit: 0,
        stderr: expect.stringContaining('the models are scripted'),
      });
      for (const { id } of stories) expect(stdout).toMatch(new RegExp(`^${id} +passes +(?:proven|reviewed)`, 'm'));
      expect(stdout).toContain('models: scripted; nothing was spent');
      expect(stdout).toContain(`PRD.json: ${stories.length} of ${stories.length} stories with "passes": true`);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

it('every example folder with a script is a demo', () => {
  const scripted = readdirSync('examples').filter((name) => readdirSync(join('examples', name)).includes('script'));
  expect(scripted.sort()).toEqual([...demos].sort());
});
