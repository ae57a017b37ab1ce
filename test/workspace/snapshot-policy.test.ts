import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listingArgs, parseListing } from '../../src/workspace/listing.ts';
import {
  acceptedPaths,
  type EntryKind,
  isGitName,
  maxFileBytes,
  refuseEntries,
  refuseFile,
  refuseNames,
  staysInside,
} from '../../src/workspace/snapshot-policy.ts';

const oid = 'a'.repeat(40);

/** What git would print: tracked paths, with `C` for changed and `R` for gone ones, and untracked paths. */
function listing(tracked: Record<string, '' | 'C' | 'RC' | 'sub'>, others: readonly string[] = []) {
  const lines = Object.entries(tracked).flatMap(([path, letters]) => {
    const mode = letters === 'sub' ? '160000' : '100644';
    const marks = letters === 'sub' ? ['H'] : ['H', ...letters];
    return marks.map((letter) => `${letter} ${mode} ${oid} 0\t${path}`);
  });
  return parseListing([...others.map((path) => `? ${path}`), ...lines, ''].join('\0'));
}

describe('parseListing', () => {
  it('knows tracked, changed and gone paths and every folder above them', () => {
    expect(listing({ 'a\tb': 'C', 'src/x/y': 'RC', keep: '' }, ['new/deep/f', 'repo/'])).toEqual({
      tracked: new Map([
        ['a\tb', '100644'],
        ['src/x/y', '100644'],
        ['keep', '100644'],
      ]),
      changed: new Set(['a\tb', 'src/x/y', 'new/deep/f', 'repo/']),
      gone: new Set(['src/x/y']),
      folders: new Set(['', 'src', 'src/x', 'new', 'new/deep', 'repo']),
    });
    expect(parseListing('')).toMatchObject({ changed: new Set(), folders: new Set(['']) });
    expect(listingArgs).toContain('--exclude-standard');
  });
});

describe('isGitName', () => {
  it.each(['.git', '.GIT', '.Git', '.git.', '.git ', '.git. .', 'git~1', 'GIT~2', '.g\u200cit', '\ufeff.git'])(
    'sees `%s` as git data',
    (name) => expect(isGitName(name)).toBe(true),
  );

  it.each(['.gitignore', '.gitattributes', '.github', 'git', '.git-hooks', 'x.git', 'git~x'])(
    'leaves `%s` alone',
    (name) => expect(isGitName(name)).toBe(false),
  );
});

describe('staysInside', () => {
  it.each([
    ['l', 'src/a.ts', true],
    ['l', './src/../x', false],
    ['a/l', '../b', true],
    ['a/l', '../..', false],
    ['a/b/l', '../../c/d', true],
    ['a/b/l', '../..', true],
    ['l', '..', false],
    ['l', '.', true],
    ['l', '/etc/passwd', false],
    ['l', '', false],
    ['l', '.git/config', false],
    ['a/l', '../.GIT/hooks', false],
    ['l', 'C:\\windows', false],
    ['l', 'a\0b', false],
    ['a/b/l', '../x/../../../y', false],
  ])('link %s -> %s: %s', (path, target, inside) => expect(staysInside(path, target)).toBe(inside));

  it('never lets a chain of allowed links leave the workspace', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const target = fc.array(fc.constantFrom('a', 'b', 'c', '..', '.'), { minLength: 1, maxLength: 6 });
    const links = fc.uniqueArray(fc.record({ path, target: target.map((parts) => parts.join('/')) }), {
      selector: (link) => link.path,
      maxLength: 4,
    });
    fc.assert(
      fc.property(links, path, (all, start) => {
        const allowed = all.filter((link) => staysInside(link.path, link.target));
        expect(leaves(start, new Map(allowed.map((link) => [link.path, link.target])))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Would the kernel leave the root on its way, where only these links exist? */
function leaves(path: string, links: ReadonlyMap<string, string>): boolean {
  let rest = path.split('/');
  let at: string[] = [];
  for (let steps = 0; rest.length > 0 && steps < 40; steps += 1) {
    const [part = '', ...after] = rest;
    rest = after;
    if (part === '..' && at.length === 0) return true;
    if (part === '.' || part === '..') at = part === '.' ? at : at.slice(0, -1);
    else at = [...at, part];
    const target = links.get(at.join('/'));
    if (target === undefined || part === '.' || part === '..') continue;
    at = at.slice(0, -1);
    rest = [...target.split('/'), ...rest];
  }
  return false;
}

describe('refuseFile', () => {
  const file = (path: string, more: object = {}) => ({
    path,
    kind: 'file' as EntryKind,
    bytes: 1,
    target: null,
    ...more,
  });

  it.each([
    ['an ordinary file', file('src/a b.ts'), null],
    ['a fifo', file('pipe', { kind: 'special' }), 'special-file'],
    ['a link outside', file('l', { kind: 'link', target: '/etc' }), 'escaping-link'],
    ['a link inside', file('l', { kind: 'link', target: 'src' }), null],
    ['a large file', file('big', { bytes: maxFileBytes + 1 }), 'oversize'],
    ['a file as large as allowed', file('big', { bytes: maxFileBytes }), null],
    ['a changed submodule', file('sub', { kind: 'folder' }), 'submodule-write'],
  ])('%s', (_, given, kind) => expect(refuseFile(given, listing({ sub: 'sub' }))[0]?.kind ?? null).toBe(kind));
});

describe('refuseNames', () => {
  it('refuses control characters and what is no UTF-8', () => {
    const names = ['a\nb', 'a\u001b[2J', 'x\u007f/y', 'a\ufffd'];
    expect(refuseNames(listing({}, ['plain ü 日本', ...names])).map(({ path }) => path)).toEqual(names);
  });
});

describe('refuseEntries', () => {
  const entry = (name: string, kind: EntryKind = 'file') => ({ name, kind });
  const folder = (at: string, ...entries: ReturnType<typeof entry>[]) => ({ folder: at, entries });

  it('refuses git data in every folder, and at the root all but the workspace’s own', () => {
    const own = listing({ a: '' });
    expect(refuseEntries(folder('', entry('.git', 'folder'), entry('a')), own)).toEqual([]);
    expect(refuseEntries(folder('', entry('.git')), own)).toEqual([{ path: '.git', kind: 'nested-git' }]);
    expect(refuseEntries(folder('', entry('.GIT', 'folder')), own)).toEqual([{ path: '.GIT', kind: 'nested-git' }]);
    expect(refuseEntries(folder('x', entry('.git', 'folder')), own)).toEqual([{ path: 'x/.git', kind: 'nested-git' }]);
  });

  it('refuses the head of a new or changed bare repository, and leaves an old fixture alone', () => {
    const bare = folder('x', entry('HEAD'), entry('objects', 'folder'), entry('refs', 'folder'), entry('config'));
    const head = [{ path: 'x/HEAD', kind: 'nested-git' }];
    expect(refuseEntries(bare, listing({}, ['x/HEAD', 'x/config']))).toEqual(head);
    expect(refuseEntries(bare, listing({ 'x/HEAD': '', 'x/config': 'C' }))).toEqual(head);
    expect(refuseEntries(bare, listing({ 'x/HEAD': '', 'x/config': '' }))).toEqual([]);
    expect(refuseEntries({ ...bare, entries: bare.entries.slice(1) }, listing({}, ['x/config']))).toEqual([]);
  });

  it('refuses what is new of two names that are one on other file systems', () => {
    const names = folder('', entry('A.ts'), entry('a.ts'), entry('b'));
    const refused = (tracked: Parameters<typeof listing>[0], others: string[]) =>
      refuseEntries(names, listing(tracked, others)).map(({ path, kind }) => `${kind} ${path}`);
    expect(refused({ 'A.ts': '', b: '' }, ['a.ts'])).toEqual(['case-collision a.ts']);
    expect(refused({ b: '' }, ['a.ts', 'A.ts'])).toEqual(['case-collision A.ts', 'case-collision a.ts']);
    expect(refused({ 'A.ts': '', 'a.ts': '' }, ['b'])).toEqual([]);
    expect(refused({ 'A.ts': '' }, [])).toEqual([]);
  });

  it('refuses a new folder whose name another has in different case or form', () => {
    const entries = [entry('lib', 'folder'), entry('Lib', 'folder'), entry('\u00fc'), entry('u\u0308')];
    const refused = refuseEntries(
      { folder: '', entries },
      listing({ 'lib/a': '', '\u00fc': '' }, ['Lib/b', 'u\u0308']),
    );
    expect(refused.map(({ path }) => path)).toEqual(['Lib', 'u\u0308']);
  });

  it('refuses fifos, sockets and devices', () => {
    expect(refuseEntries(folder('x', entry('pipe', 'special')), listing({ 'x/a': '' }))).toEqual([
      { path: 'x/pipe', kind: 'special-file' },
    ]);
  });
});

describe('acceptedPaths', () => {
  it('leaves out what is refused, with all below it, and nested repositories', () => {
    const all = listing({ 'a/b': 'C', c: 'C' }, ['x/1', 'x/y/2', 'xx', 'repo/']);
    expect(acceptedPaths(all, [{ path: 'x', kind: 'case-collision' }])).toEqual(['a/b', 'c', 'xx']);
  });

  it('names a file before what is below the folder in its place, and not what went with a folder', () => {
    const replaced = listing({ d: 'C', 'lib/b': 'RC', 'lib/c/d': 'RC' }, ['d/z', 'lib']);
    expect(acceptedPaths(replaced, [])).toEqual(['d', 'd/z', 'lib']);
  });
});
