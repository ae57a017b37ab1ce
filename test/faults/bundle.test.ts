import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';

const folder = join('node_modules/.cache/prd-faults', randomUUID());
const hooks = ['PRD_CRASH', 'PRD_BREAK', 'PRD_FAIL', 'PRD_IDLE_MS'];

afterAll(() => rm(folder, { recursive: true, force: true }));

it('the published bundle holds no fault hook, and the build of the lab holds them all', async () => {
  expect(await hooksIn('dist')).toEqual([]);
  await promisify(execFile)(process.execPath, ['build.mjs', '--test', `--out=${folder}`]);
  expect(await hooksIn(folder)).toEqual(hooks);
});

async function hooksIn(dir: string): Promise<readonly string[]> {
  const files = await readdir(dir, { recursive: true });
  const scripts = files.filter((file) => file.endsWith('.js'));
  const texts = await Promise.all(scripts.map((file) => readFile(join(dir, file), 'utf8')));
  return hooks.filter((hook) => texts.some((text) => text.includes(hook)));
}
