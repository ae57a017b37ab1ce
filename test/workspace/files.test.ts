import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { workspaceFiles } from '../../src/workspace/files.ts';
import { isBadName, refusedName } from '../../src/workspace/path-names.ts';

type Setup = (place: { readonly root: string; readonly outside: string }) => void;

/** A workspace beside a folder that nobody may reach. */
function place(setup: Setup = () => {}) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'prd-files-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [root, outside] = [join(folder, 'tree'), join(folder, 'outside')];
  mkdirSync(join(root, 'src'), { recursive: true });
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  writeFileSync(join(root, 'src/a.ts'), 'one\n');
  setup({ root, outside });
  const before = readdirSync(outside).join();
  const untouched = (): boolean =>
    readdirSync(outside).join() === before && readFileSync(join(outside, 'secret.txt'), 'utf8') === 'secret';
  return { folder, root, outside, untouched, files: workspaceFiles(root, { logDir: join(folder, 'logs') }) };
}

const bytes = Buffer.from('x');
const link =
  (at: string, to: (outside: string) => string): Setup =>
  ({ root, outside }) => {
    mkdirSync(dirname(join(root, at)), { recursive: true });
    symlinkSync(to(outside), join(root, at));
  };
const nothing: Setup = () => {};

describe('hostile paths', () => {
  it.each([
    ['a parent', '../outside/secret.txt', 'outside', nothing],
    ['a parent in the middle', 'src/../../outside/secret.txt', 'outside', nothing],
    ['an absolute path', '/etc/passwd', 'outside', nothing],
    ['the root of the disk', '/', 'outside', nothing],
    [
      'a sibling with the same beginning',
      '../tree-evil/x',
      'outside',
      ({ root }: { root: string }) => mkdirSync(`${root}-evil`),
    ],
    ['a linked folder', 'home/secret.txt', 'outside', link('home', (outside) => outside)],
    ['a new file in a linked folder', 'home/new.txt', 'outside', link('home', (outside) => outside)],
    ['a link to a file', 'src/link', 'outside', link('src/link', (outside) => join(outside, 'secret.txt'))],
    ['a dangling link', 'src/dangling', 'outside', link('src/dangling', (outside) => join(outside, 'new.txt'))],
    ['a dangling link inside', 'src/dangling', 'outside', link('src/dangling', () => 'nowhere')],
    ['a link to itself', 'src/loop', 'outside', link('src/loop', () => 'loop')],
    [
      'a link to a link',
      'b',
      'outside',
      (both: { root: string; outside: string }) => [link('a', (outside) => outside)(both), link('b', () => 'a')(both)],
    ],
    [
      'a link out and back in',
      'out/back/a.ts',
      'outside',
      (both: { root: string; outside: string }) => [
        link('out', (outside) => outside)(both),
        symlinkSync(join(both.root, 'src'), join(both.outside, 'back')),
      ],
    ],
    ['a relative link out', 'src/up/outside/secret.txt', 'outside', link('src/up', () => '../..')],
    ['the root itself by a link and out', 'self/../../outside/secret.txt', 'outside', link('self', () => '.')],
    ['a NUL', 'src/a\0.ts', 'bad-name', nothing],
    ['a newline', 'src/a\n.ts', 'bad-name', nothing],
    ['an escape', 'src/\u001b[2J', 'bad-name', nothing],
    ['a backslash', '..\\outside\\secret.txt', 'bad-name', nothing],
    ['half a surrogate pair', 'src/\ud800', 'bad-name', nothing],
    ['a name of 300 bytes', `src/${'n'.repeat(300)}`, 'bad-name', nothing],
    ['a path of 5,000 bytes', 'd/'.repeat(2_500), 'bad-name', nothing],
    ['version control', '.git/hooks/pre-commit', 'protected', nothing],
    ['version control in capitals', '.GIT/config', 'protected', nothing],
    ['version control with a dot', '.git./config', 'protected', nothing],
    ['version control with a blank', '.git /config', 'protected', nothing],
    ['version control by its short name', 'GIT~1/config', 'protected', nothing],
    ['version control with a character without width', '.g\u200cit/config', 'protected', nothing],
    ['version control as a stream', '.git::$INDEX_ALLOCATION/config', 'protected', nothing],
    ['version control without a dot on the i', '.g\u0131t/config', 'protected', nothing],
    ['version control below', 'src/.git/config', 'protected', nothing],
    [
      'version control by a link',
      'src/vcs/config',
      'protected',
      (both: { root: string; outside: string }) => [
        mkdirSync(join(both.root, '.git')),
        link('src/vcs', () => '../.git')(both),
      ],
    ],
    ['the PRD', 'PRD.json', 'protected', nothing],
    ['the PRD in other letters', 'Prd.JSON', 'protected', nothing],
    ['the PRD by a way around', './src/../prd.json', 'protected', nothing],
    ['a PRD of another dialect', 'scripts/ralph/prd.json', 'protected', nothing],
    ['another one', '.ralph/prd.json', 'protected', nothing],
    ['coaching', '.prd/coaching.md', 'protected', nothing],
    ['evidence that is not there yet', '.PRD/evidence/US-1.json', 'protected', nothing],
    [
      'the PRD by a link',
      'src/plan.json',
      'protected',
      (both: { root: string; outside: string }) => [
        writeFileSync(join(both.root, 'prd.json'), '{}'),
        link('src/plan.json', () => '../prd.json')(both),
      ],
    ],
    ['a secret', '.env', 'secret', nothing],
    ['a secret below', 'app/.env.production', 'secret', nothing],
    ['a key', 'certs/server.PEM', 'secret', nothing],
    ['a private key', 'id_ed25519', 'secret', nothing],
    ['a folder of secrets', '.ssh/config', 'secret', nothing],
    [
      'a secret by a link',
      'src/settings',
      'secret',
      (both: { root: string; outside: string }) => [
        writeFileSync(join(both.root, '.env'), 'K=1'),
        link('src/settings', () => '../.env')(both),
      ],
    ],
  ] as const)('%s is refused for reading, writing and listing', async (_, path, why, setup) => {
    const { files, untouched } = place(setup as Setup);
    expect(await files.read(path)).toMatchObject({ kind: 'refused', why });
    expect(await files.write(path, bytes)).toMatchObject({ kind: 'refused', why });
    expect(await files.list(path)).toEqual({ kind: 'refused', why });
    expect(untouched()).toBe(true);
  });

  it.each(['src/fifo', 'src/link'])('a FIFO at %s is not opened', async (path) => {
    const { files } = place(({ root }) => {
      execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, 'src/fifo')]);
      symlinkSync('fifo', join(root, 'src/link'));
    });
    expect(await files.read(path)).toMatchObject({ kind: 'refused', why: 'special-file' });
    expect(await files.write(path, bytes)).toMatchObject({ kind: 'refused', why: 'special-file' });
  });

  it('a file that claims a terabyte is not read', async () => {
    const { files } = place(({ root }) => {
      writeFileSync(join(root, 'huge'), '');
      truncateSync(join(root, 'huge'), 2 ** 40);
    });
    expect(await files.read('huge')).toMatchObject({ kind: 'refused', why: 'too-large' });
    expect(await files.write('more', Buffer.alloc(11 * 1024 * 1024))).toMatchObject({
      kind: 'refused',
      why: 'too-large',
    });
  });

  it.each([
    '.env.example',
    '.env.sample',
    'config/.env.template',
    'PRD.json.md',
    'src/prd.json',
    'git/x',
    '.github/x',
    '.gitignore',
    'environment',
    'keys.ts',
    'my.prd/x',
  ])('%s is an ordinary file', async (path) => {
    const { files } = place();
    expect(await files.write(path, bytes)).toMatchObject({ kind: 'written', path, created: true });
  });

  it('user configuration may open a secret, and name another PRD', async () => {
    const { root } = place();
    const files = workspaceFiles(root, { allowSecret: (path) => path === 'test/.env', prdFiles: ['plans/shop.json'] });
    expect(await files.write('test/.env', bytes)).toMatchObject({ kind: 'written' });
    expect(await files.write('.env', bytes)).toMatchObject({ why: 'secret' });
    expect(await files.write('plans/Shop.json', bytes)).toMatchObject({ why: 'protected' });
  });

  it('whatever the path, nothing outside is touched and nothing throws', async () => {
    const { files, untouched, root } = place((both) => {
      link('src/out', (outside) => outside)(both);
      link('src/up', () => '..')(both);
    });
    const part = fc.constantFrom(
      '..',
      '.',
      'src',
      'out',
      'up',
      'a.ts',
      'secret.txt',
      '',
      '.git',
      'new',
      '/',
      'a.ts/',
      '~',
    );
    const paths = fc.array(part, { minLength: 1, maxLength: 7 }).map((parts) => parts.join('/'));
    await fc.assert(
      fc.asyncProperty(paths, async (path) => {
        const read = await files.read(path);
        if (read.kind === 'file') expect(read.bytes.toString()).not.toBe('secret');
        await files.write(path, bytes);
        await files.list(path);
        expect(untouched()).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(readdirSync(root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('a name is judged the same however it is spelled', () => {
    const spell = (name: string) =>
      fc
        .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
        .map((upper) => [...name].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter)).join(''));
    fc.assert(
      fc.property(spell('.git'), spell('prd.json'), spell('.env'), (git, prd, env) => {
        expect([refusedName(`${git}/x`), refusedName(prd), refusedName(`a/${env}`)]).toEqual([
          'protected',
          'protected',
          'secret',
        ]);
        expect(isBadName(`${git}/${prd}`)).toBe(false);
      }),
    );
  });
});

describe('reading', () => {
  it('gives bytes, their hash and the real path', async () => {
    const { files, root } = place(({ root: tree }) => symlinkSync('src', join(tree, 'alias')));
    const expected = {
      kind: 'file',
      path: 'src/a.ts',
      bytes: Buffer.from('one\n'),
      hash: '2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806',
    };
    for (const path of ['src/a.ts', './src//a.ts', 'alias/a.ts', join(root, 'src/a.ts'), 'src/../src/a.ts']) {
      expect(await files.read(path)).toEqual(expected);
    }
  });

  it.each([
    ['src', { kind: 'folder', path: 'src' }],
    ['', { kind: 'folder', path: '.' }],
    ['.', { kind: 'folder', path: '.' }],
    ['absent.ts', { kind: 'missing', path: 'absent.ts' }],
    ['absent/deep.ts', { kind: 'missing', path: 'absent/deep.ts' }],
    ['src/a.ts/below', { kind: 'missing', path: 'src/a.ts/below' }],
    ['~/.bashrc', { kind: 'missing', path: '~/.bashrc' }],
    ['@logs/run-1/stdout.log', { kind: 'missing', path: '@logs/run-1/stdout.log' }],
  ])('%j is %j', async (path, expected) => {
    expect(await place().files.read(path)).toEqual(expected);
  });

  it('logs are read under their own prefix, and only there', async () => {
    const { files, folder } = place();
    mkdirSync(join(folder, 'logs/run-1'), { recursive: true });
    writeFileSync(join(folder, 'logs/run-1/stdout.log'), 'out\n');
    expect(await files.read('@logs/run-1/stdout.log')).toMatchObject({ kind: 'file', path: '@logs/run-1/stdout.log' });
    expect(await files.read('@logs/../outside/secret.txt')).toMatchObject({ kind: 'refused', why: 'outside' });
    expect(await files.write('@logs/run-1/stdout.log', bytes)).toMatchObject({ kind: 'refused', why: 'outside' });
  });
});

describe('writing', () => {
  it('makes folders, and leaves no other file behind', async () => {
    const { files, root } = place();
    expect(await files.write('x/y/z.ts', bytes)).toEqual({
      kind: 'written',
      path: 'x/y/z.ts',
      hash: '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',
      created: true,
    });
    expect(readdirSync(join(root, 'x/y'))).toEqual(['z.ts']);
  });

  it('keeps the mode of what it replaces', async () => {
    const { files, root } = place(({ root: tree }) => chmodSync(join(tree, 'src/a.ts'), 0o676));
    expect(await files.write('src/a.ts', bytes)).toMatchObject({ created: false });
    expect(statSync(join(root, 'src/a.ts')).mode & 0o777).toBe(0o676);
  });

  it('replaces a hard link instead of writing through it', async () => {
    const { files, outside, root } = place(({ root: tree, outside: other }) =>
      linkSync(join(other, 'secret.txt'), join(tree, 'src/hard')),
    );
    expect(await files.write('src/hard', bytes)).toMatchObject({ kind: 'written' });
    expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('secret');
    expect(readFileSync(join(root, 'src/hard'), 'utf8')).toBe('x');
  });

  it('follows a link that stays inside to the file it means', async () => {
    const { files, root } = place(({ root: tree }) => symlinkSync('src/a.ts', join(tree, 'current.ts')));
    expect(await files.write('current.ts', bytes)).toMatchObject({ path: 'src/a.ts', created: false });
    expect(lstatSync(join(root, 'current.ts')).isSymbolicLink()).toBe(true);
  });

  it.each([
    ['a folder', 'src', 'special-file'],
    ['below a file', 'src/a.ts/b.ts', 'bad-name'],
    ['the root', '.', 'special-file'],
  ])('refuses %s', async (_, path, why) => {
    expect(await place().files.write(path, bytes)).toMatchObject({ kind: 'refused', why });
  });

  it('a disk that fails is a problem with the path in it', async () => {
    const problem = { code: 'disk', operation: 'write', file: expect.stringMatching(/new-file$/) };
    await expect(workspaceFiles('/sys').write('new-file', bytes)).rejects.toMatchObject({ problem });
  });
});

describe('listing', () => {
  it('is sorted, marks folders, and hides version control and what is ignored', async () => {
    const { files } = place(({ root }) => {
      for (const folder of ['.git', 'dist', 'b', 'node_modules']) mkdirSync(join(root, folder));
      for (const file of ['z.log', 'a.md', '.env', 'keep.log']) writeFileSync(join(root, file), '');
      writeFileSync(join(root, '.gitignore'), 'dist/\n*.log\n!keep.log\n');
    });
    expect(await files.list('.')).toEqual({
      kind: 'folder',
      entries: ['.env', '.gitignore', 'a.md', 'b/', 'keep.log', 'src/'],
      more: 0,
    });
  });

  it('shows an ignored folder to whoever asks for it', async () => {
    const { files } = place(({ root }) => {
      mkdirSync(join(root, 'dist'));
      writeFileSync(join(root, 'dist/o.js'), '');
      writeFileSync(join(root, '.gitignore'), 'dist/\n');
    });
    expect(await files.list('dist')).toEqual({ kind: 'folder', entries: ['o.js'], more: 0 });
  });

  it('stops at 200 and counts the rest', async () => {
    const { files } = place(({ root }) => {
      for (let index = 0; index < 205; index++) writeFileSync(join(root, 'src', `f${index}`), '');
    });
    expect(await files.list('src')).toMatchObject({ entries: { length: 200 }, more: 6 });
  });

  it.each(['src/a.ts', 'absent'])('%s is no folder', async (path) => {
    expect(await place().files.list(path)).toEqual({ kind: 'missing' });
  });
});

describe('the nearest names', () => {
  const known = [
    'src/cart/total.ts',
    'src/cart/totals.test.ts',
    'lib/total.ts',
    'src/shop.ts',
    'README.md',
    '.env',
    'dist/total.ts',
  ];

  it.each([
    ['src/total.ts', ['src/cart/total.ts', 'lib/total.ts']],
    ['src/cart/Total.ts', ['src/cart/total.ts', 'lib/total.ts']],
    ['src/shops.ts', ['src/shop.ts']],
    ['readme.md', ['README.md']],
    ['nothing/like/it.py', []],
    ['.enf', []],
  ])('to %s are %j', async (wrong, expected) => {
    const { files } = place(({ root }) => {
      for (const path of known) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), '');
      }
      writeFileSync(join(root, '.gitignore'), 'dist\n');
    });
    expect(await files.nearest(wrong)).toEqual(expected);
  });
});
