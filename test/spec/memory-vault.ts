import { createHash } from 'node:crypto';
import type { Change, Oid, Vault } from '../../src/workspace/workspace.ts';

export type Tree = Readonly<Record<string, string>>;

/** Commits by name. Only what planning and judging read; anything else is missing on purpose. */
export function memoryVault(commits: Readonly<Record<Oid, Tree>>): Vault {
  const treeOf = (commit: Oid): Tree => {
    const tree = commits[commit];
    if (tree === undefined) throw new Error(`no commit ${commit}`);
    return tree;
  };
  const texts = new Map(
    Object.values(commits).flatMap((tree) => Object.values(tree).map((text) => [idOf(text), text])),
  );
  const vault: Pick<Vault, 'paths' | 'read' | 'blobs' | 'readBlob' | 'changes' | 'diff'> = {
    paths: async (commit) => Object.keys(treeOf(commit)).sort(),
    read: async (commit, path) => treeOf(commit)[path] ?? null,
    blobs: async (commit, paths) => {
      const tree = treeOf(commit);
      const found = paths.filter((path) => Object.hasOwn(tree, path));
      return new Map(found.map((path) => [path, { blob: idOf(tree[path] ?? ''), mode: '100644' }]));
    },
    readBlob: async (blob) => Buffer.from(texts.get(blob) ?? ''),
    changes: async (from, to) => changesBetween(treeOf(from), treeOf(to)),
    diff: async (from, to, options) => diffOf(treeOf(from), treeOf(to), options?.paths ?? []),
  };
  return vault as Vault;
}

export function idOf(text: string): Oid {
  return createHash('sha1').update(text).digest('hex');
}

function changesBetween(from: Tree, to: Tree): readonly Change[] {
  const paths = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return paths
    .filter((path) => from[path] !== to[path])
    .map((path) => {
      const [before, after] = [from[path], to[path]];
      return {
        path,
        status: statusOf(before, after),
        oldMode: before === undefined ? '000000' : '100644',
        newMode: after === undefined ? '000000' : '100644',
        oldBlob: before === undefined ? null : idOf(before),
        newBlob: after === undefined ? null : idOf(after),
      };
    });
}

function statusOf(before: string | undefined, after: string | undefined): Change['status'] {
  if (before === undefined) return 'added';
  return after === undefined ? 'deleted' : 'modified';
}

/** One hunk with the whole file around what differs, as whole functions would be. */
function diffOf(from: Tree, to: Tree, paths: readonly string[]): string {
  return paths.map((path) => `diff --git a/${path} b/${path}\n${hunk(from[path] ?? '', to[path] ?? '')}`).join('');
}

function hunk(before: string, after: string): string {
  const [old, now] = [before.replace(/\n$/, '').split('\n'), after.replace(/\n$/, '').split('\n')];
  let head = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const lines = [
    ...old.slice(0, head).map((line) => ` ${line}`),
    ...old.slice(head, old.length - tail).map((line) => `-${line}`),
    ...now.slice(head, now.length - tail).map((line) => `+${line}`),
    ...now.slice(now.length - tail).map((line) => ` ${line}`),
  ];
  return `@@ -1,${old.length} +1,${now.length} @@\n${lines.join('\n')}\n`;
}
