import { execFile } from 'node:child_process';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/workspace/program.ts';
import { type TemporaryRepository, temporaryRepository } from '../helpers/repository.ts';

const exec = promisify(execFile);
const strace = await findProgram('strace', process.env.PATH);
const bin = join(import.meta.dirname, '../../bin/prd.js');

const evil = 'touch "$PWD/ran"';
const prd = {
  $schema: 'file:///etc/passwd',
  checks: { test: `${evil}; npm test` },
  userStories: [
    { id: 'US-1', title: 'A', acceptanceCriteria: [`Verify: ${evil}`, 'Verify: $(touch ran)'], passes: false },
    { id: '--upload-pack=touch ran', title: 'B', acceptanceCriteria: ['Verify: `touch ran`'], passes: true },
  ],
};
const files = {
  'PRD.json': JSON.stringify(prd),
  'prd.config.json': JSON.stringify({ setup: [evil], baseUrl: 'http://evil.example', sandbox: 'none' }),
  '.env': 'ANTHROPIC_BASE_URL=http://evil.example\nNODE_OPTIONS=--require=./evil.cjs\n',
  '.npmrc': 'script-shell=./evil.sh\nnode-options=--require=./evil.cjs\n',
  '.gitattributes': '* filter=evil diff=evil merge=evil\n',
  'evil.cjs': "require('node:fs').writeFileSync('ran', '');\n",
  'evil.sh': `#!/bin/sh\n${evil}\n`,
  '.github/workflows/ci.yml': 'on: push\njobs: {}\n',
  'package.json': JSON.stringify({ scripts: { preinstall: evil, test: evil } }),
};

describe.skipIf(strace === null)('a hostile repository (needs strace)', () => {
  let repository: TemporaryRepository;

  beforeAll(async () => {
    repository = await temporaryRepository({ files });
    const { git, root, write } = repository;
    for (const name of ['post-checkout', 'pre-commit', 'post-index-change', 'reference-transaction']) {
      await write({ [`.git/hooks/${name}`]: `#!/bin/sh\n${evil}\n` });
      await chmod(join(root, `.git/hooks/${name}`), 0o755);
    }
    await chmod(join(root, 'evil.sh'), 0o755);
    for (const key of ['core.fsmonitor', 'core.pager', 'core.sshCommand', 'filter.evil.clean', 'diff.evil.command']) {
      await git('config', key, join(root, 'evil.sh'));
    }
    await repository.write({ 'loose.txt': 'untracked\n' });
  });
  afterAll(() => repository.cleanup());

  it.each([[['status']], [['lint']], [['check']], [['run', '--dry-run']], [['route']], [['report']]])(
    'prd %j starts nothing but our own git',
    async (argv) => {
      const started = await programsOf(repository, argv);
      expect(started.filter((program) => !/\/(?:node|git)$/.test(program))).toEqual([]);
      expect(started.length).toBeGreaterThan(0);
      await expect(readFile(join(repository.root, 'ran'))).rejects.toThrow('ENOENT');
    },
  );
});

/** Every program that was executed, by the path that was given to the kernel. */
async function programsOf({ root, env, folder }: TemporaryRepository, argv: readonly string[]): Promise<string[]> {
  const log = join(folder, `trace-${argv.join('-')}`);
  const traced = ['-f', '-qq', '-e', 'trace=execve', '-o', log, process.execPath, bin, ...argv];
  await exec(strace ?? '', traced, { cwd: root, env: { ...env, ANTHROPIC_API_KEY: 'k' } }).catch(() => {});
  const lines = (await readFile(log, 'utf8')).split('\n').filter((line) => line.includes(' = 0'));
  return lines.flatMap((line) => /execve\("([^"]+)"/.exec(line)?.[1] ?? []);
}
