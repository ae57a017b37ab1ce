import { mkdir, mkdtemp, readFile, readlink, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/main.ts';
import { parsePrd } from '../../src/prd/parse.ts';
import { fakeIo, prdTest } from '../helpers/cli.ts';

const ralph = '{\n  "userStories": [{ "id": "US-1", "title": "A", "passes": false, "acceptanceCriteria": ["x"] }]\n}\n';
let folder = '';

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'prd-init-')));
  await mkdir(join(folder, 'shop/.git'), { recursive: true });
  await writeFile(join(folder, 'shop/package.json'), '{ "scripts": { "test": "vitest" } }');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function init(argv: readonly string[] = [], cwd = 'shop') {
  const io = fakeIo({ argv: ['init', ...argv], cwd: join(folder, cwd), env: { HOME: folder } });
  const exit = await main(io);
  return { exit, ...io.written };
}

const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');

describe('a new PRD', () => {
  it('is read back as it was meant, with a first story that says it is unwritten', async () => {
    expect((await init()).exit).toBe(0);
    const parsed = parsePrd(await read('shop/PRD.json'), 'PRD.json');
    expect(parsed).toMatchObject({
      kind: 'read',
      document: {
        prd: {
          project: 'shop',
          hasSchema: true,
          notes: [],
          stories: [{ id: 'US-001', passes: false, priority: 1, title: '[describe the first story]' }],
        },
      },
    });
    const lint = fakeIo({ argv: ['lint', '--only', 'context/placeholder'], cwd: join(folder, 'shop'), env: {} });
    expect([await main(lint), lint.written.stdout]).toEqual([1, expect.stringContaining('context/placeholder')]);
  });

  it('is guessed from the top of the repository, wherever it is asked for', async () => {
    await mkdir(join(folder, 'shop/src'));
    const { stdout } = await init(['--file', 'plans/cart.json', '--json'], 'shop/src');
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      file: 'plans/cart.json',
      created: true,
      checks: { test: 'npm test' },
    });
    expect(await read('shop/src/plans/cart.json')).toContain('"../../node_modules/prd-orchestrator/schemas/');
  });

  it('has no checks where nothing can be guessed', async () => {
    await rm(join(folder, 'shop/package.json'));
    expect((await init()).stdout).toBe('created PRD.json\nnext: write its first story, then run `prd lint`\n');
    expect(await read('shop/PRD.json')).not.toContain('checks');
  });
});

describe('an existing PRD', () => {
  it('is completed once; the second time there is nothing to do', async () => {
    await writeFile(join(folder, 'shop/prd.json'), ralph);
    expect((await init()).stdout).toBe(
      'added `$schema` and `checks` to prd.json\n  test: `npm test`\nnext: run `prd lint`\n',
    );
    const once = await read('shop/prd.json');
    expect((await init()).stdout).toBe('prd.json lacks nothing that can be guessed; nothing was changed\n');
    expect(await read('shop/prd.json')).toBe(once);
  });

  it('that is a bare list has no place for anything, and is told how to get one', async () => {
    await writeFile(join(folder, 'shop/PRD.json'), '[{ "id": "a" }]');
    expect((await init()).stdout).toBe(
      'PRD.json is a bare list, with no place for `checks`; nothing was changed\nnext: run `prd migrate --write`, then `prd init`\n',
    );
    expect(await read('shop/PRD.json')).toBe('[{ "id": "a" }]');
  });

  it('behind a link is written where it is, and the link stays', async () => {
    await mkdir(join(folder, 'shop/plans'));
    await writeFile(join(folder, 'shop/plans/cart.json'), ralph);
    await symlink('plans/cart.json', join(folder, 'shop/PRD.json'));
    expect((await init()).exit).toBe(0);
    expect(await readlink(join(folder, 'shop/PRD.json'))).toBe('plans/cart.json');
    expect(await read('shop/plans/cart.json')).toContain('"checks"');
  });

  it('behind a link that leaves the repository is not written', async () => {
    await writeFile(join(folder, 'elsewhere.json'), ralph);
    await symlink('../elsewhere.json', join(folder, 'shop/PRD.json'));
    const { exit, stderr } = await init();
    expect([exit, stderr]).toEqual([2, expect.stringContaining('it links to a file outside this repository')]);
    expect(await read('elsewhere.json')).toBe(ralph);
  });

  it('that cannot be read is left alone', async () => {
    await prdTest()
      .file('PRD.json', '{ "userStories": [')
      .args('init')
      .stderr(/^error: .*\n {2}--> PRD\.json:1:\d+\n/)
      .exit(2)
      .writes('PRD.json', '{ "userStories": [')
      .run();
  });
});
