import { posix } from 'node:path';
import { programsOf } from './command-words.ts';

/**
 * Files that a command names, relative to the git root: words that look like a file of the project, seen from the
 * check's folder and whatever `cd` precedes them. Globs, variables, outputs and values of `--option=` are none.
 */
export function filesNamedIn(command: string, cwd: string | null): readonly string[] {
  const found = programsOf(command).flatMap(({ word, args, folder }) => {
    const program = /^[^@]*\//.test(word) ? [word] : [];
    const files = args.filter((arg, at) => looksLikeFile(arg) && !takesOutput.test(args[at - 1] ?? ''));
    return [...program, ...files].flatMap((file) => rooted(cwd ?? '.', folder, file));
  });
  return [...new Set(found)];
}

/** Files that decide what a command does: those it names, and the manifest or makefile whose scripts it starts. */
export function filesJudging(command: string, cwd: string | null): readonly string[] {
  const scripts = programsOf(command).flatMap(({ program, folder }) => {
    const file = scriptFiles[program];
    return file === undefined ? [] : rooted(cwd ?? '.', folder, file);
  });
  return [...new Set([...filesNamedIn(command, cwd), ...scripts])];
}

const scriptFiles: Readonly<Record<string, string>> = {
  npm: 'package.json',
  pnpm: 'package.json',
  yarn: 'package.json',
  bun: 'package.json',
  make: 'Makefile',
  just: 'justfile',
  cargo: 'Cargo.toml',
};

const takesOutput =
  /^(-o|-t|-e|-k|-g|-m|--out\S*|--grep|--outfile|--outdir|--reporter|--testNamePattern|--import|-r|--require)$/;

/** Has an extension that begins with a letter, and nothing that a shell or a registry would read differently. */
function looksLikeFile(word: string): boolean {
  return /^[\w@./+-]+\.[A-Za-z]\w{0,9}$/.test(word) && !/^[-/@]|\.{3}|:\/\//.test(word);
}

function rooted(cwd: string, folder: string, word: string): readonly string[] {
  const path = posix.normalize(posix.join(cwd, folder, word));
  return path.startsWith('..') || path.startsWith('/') || folder.startsWith('/') ? [] : [path];
}
