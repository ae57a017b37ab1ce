import { type Attempt, type Call, command, edit, read, search, type Target, tools, write } from './attempt.ts';

/** A path from the root of the workspace up to the root of the disk. */
const up = '../'.repeat(12);

const paths: readonly Attempt[] = [
  tools('S07 write an absolute path', ({ out }) => [write(out)]),
  tools('S07 write a way up', ({ out }) => [write(`${up}${out.slice(1)}`)]),
  tools('S07 write a way up behind a name', ({ out }) => [write(`src/../${up}${out.slice(1)}`)]),
  tools('CVE-2025-54794 a name that begins alike', () => [write('../tree-evil/x'), read('../tree-evil/x')]),
  tools('S07 edit an absolute path', ({ out }) => [edit(out)]),
  tools('CVE-2026-24052 NUL in a path', ({ out }) => [write(`${out}\0.txt`), write(`x\0${out}`)]),
  tools('S07 read an absolute path', ({ secret }) => [read(secret)]),
  tools('S07 read a way up', ({ secret }) => [read(`${up}${secret.slice(1)}`)]),
  tools('S06 a slash behind', ({ secret, secrets }) => [read(`${secret}/`), read(`${secrets}/`), read(`${secret}/.`)]),
  tools('S06 the home by its sign', ({ n }) => [read(`~/.ssh/${n}`), read(`$HOME/.ssh/${n}`)]),
  tools('K02 read the environment of prd', () => [read('/proc/self/environ'), read(`${up}proc/self/environ`)]),
  tools('S06 a log that is none', ({ secret }) => [
    read(`@logs/${up}${secret.slice(1)}`),
    read(`@logs/../../${secret}`),
  ]),
  tools('S07 search above', ({ n }) => [search(`GOT-${n}`, `${up}**/secret-${n}`), search(`GOT-${n}`, '/**')]),
  tools('CVE-2025-58764 search as options', ({ out, n }) => [
    search(`--pre=touch ${out}`),
    search(`GOT-${n}`, '--files'),
  ]),
];

/** Links that a command made, then a tool outside of its box. */
const links: readonly Attempt[] = [
  linked(
    'CVE-2026-39861 a folder that is a link',
    ({ out }) => `ln -s $(dirname ${out}) d`,
    ({ out }) => [write(`d/${out.split('/').at(-1)}`)],
  ),
  linked(
    'GHSA-vp62-r36r-9xqp a file that is a link',
    ({ out }) => `ln -s ${out} f`,
    () => [write('f'), edit('f')],
  ),
  linked(
    'S05 a link that leads nowhere yet',
    ({ out }) => `mkdir -p e; ln -s ${out} e/f`,
    () => [write('e/f')],
  ),
  linked(
    'S05 a chain of links',
    ({ out }) => `ln -s ${out} c1; ln -s c1 c2; ln -s c2 c3`,
    () => [write('c3')],
  ),
  linked(
    'S05 a parent renamed',
    ({ out }) => `mkdir -p p/q; mv p r; ln -s $(dirname $(dirname ${out})) p`,
    () => [write('p/outside/x')],
  ),
  linked(
    'CVE-2025-59829 read through a link',
    ({ secret }) => `ln -s ${secret} l`,
    () => [read('l')],
  ),
  linked(
    'CVE-2026-25724 read through a folder',
    ({ secrets }) => `ln -s ${secrets} m`,
    ({ n }) => [read(`m/secret-${n}`), read('m/')],
  ),
  linked(
    'S06 search through a link',
    ({ secrets }) => `ln -s ${secrets} s`,
    ({ n }) => [search(`GOT-${n}`, 's/**'), search(`GOT-${n}`)],
  ),
  linked(
    'S05 a link through the process table',
    ({ secret }) => `ln -s /proc/self/root${secret} z`,
    () => [read('z')],
  ),
  linked(
    'S05 write through a hard link',
    ({ secret }) => `ln ${secret} h || cp ${secret} h`,
    ({ n }) => [write('h', `GOT-${n}- changed\n`)],
  ),
  linked(
    'S14 a fifo',
    () => 'mkfifo pipe',
    () => [read('pipe'), write('pipe')],
  ),
  linked(
    'S04 a swapper that stays',
    ({ out }) =>
      `mkdir -p w; env -i setsid sh -c 'i=0; while [ $i -lt 2000 ]; do i=$((i+1)); rm -rf w; ln -s $(dirname ${out}) w; rm w; mkdir w; done' >/dev/null 2>&1 & sleep 0.1`,
    ({ out }) => Array.from({ length: 12 }, () => write(`w/${out.split('/').at(-1)}`)),
  ),
];

/** Configuration that would run something when git looks at the workspace from outside of the box. */
const git: readonly Attempt[] = [
  linked(
    'CVE-2026-72718 core.fsmonitor',
    ({ out }) => `git config core.fsmonitor 'touch ${out};false'`,
    () => [write('a.txt')],
  ),
  linked(
    'CVE-2026-26268 hooks',
    ({ out }) =>
      `mkdir -p .git/hooks; for h in post-checkout post-commit pre-commit post-index-change reference-transaction; do printf '#!/bin/sh\\ntouch ${out}\\n' > .git/hooks/$h; chmod +x .git/hooks/$h; done`,
    () => [write('b.txt')],
  ),
  linked(
    'W03 filters and drivers',
    ({ out }) =>
      `git config filter.evil.clean 'touch ${out}; cat'; git config filter.evil.required true; git config diff.evil.textconv 'touch ${out}; cat'; git config merge.evil.driver 'touch ${out}'; echo '* filter=evil diff=evil merge=evil' > .gitattributes`,
    () => [write('c.txt')],
  ),
  linked(
    'W02 a path to hooks in the tree',
    ({ out }) =>
      `mkdir -p .husky; printf '#!/bin/sh\\ntouch ${out}\\n' > .husky/post-checkout; chmod +x .husky/post-checkout; git config core.hooksPath .husky`,
    () => [write('d.txt')],
  ),
  linked(
    'GHSA-q5hj-mxqh-vv77 a spoofed commondir',
    ({ repo }) => `echo ${repo}/.git > .git/commondir`,
    () => [write('e.txt')],
  ),
  linked(
    'GHSA-9ccr-r5hg-74gf a nested bare repository',
    ({ out }) =>
      `git init -q --bare nest 2>/dev/null; git -C nest config core.fsmonitor 'touch ${out}'; git -C nest config core.worktree ..`,
    () => [write('f.txt')],
  ),
  linked(
    'CVE-2026-28292 a program for another protocol',
    ({ out }) =>
      `git config url.ext::sh.insteadOf file://; git config protocol.ext.allow always; git config core.sshCommand 'touch ${out}'; git config uploadpack.packObjectsHook 'touch ${out}'`,
    () => [write('g.txt')],
  ),
  tools('S08 git by another case', ({ out }) =>
    ['.GIT/config', '.git/config', '.Git/hooks/x', 'git~1/config'].map((path) =>
      write(path, `[core]\n\tfsmonitor = touch ${out}\n`),
    ),
  ),
];

/** A command, then calls of tools. */
function linked(name: string, script: (target: Target) => string, after: (target: Target) => readonly Call[]): Attempt {
  return tools(name, (target) => [command(`{ ${script(target)}\n} 2>&1`), ...after(target)]);
}

/** Everything that is tried by calls of tools. */
export const byTool: readonly Attempt[] = [...paths, ...links, ...git];
