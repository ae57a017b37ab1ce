import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onDisk } from '../host/file-operations.ts';
import type { Commands } from '../host/process.ts';
import { PrdError } from '../problem.ts';
import { findProgram } from './program.ts';

/** What setup produced, as noted beside its files. */
export interface Products {
  /** Untracked files and folders, relative; folders end with `/`. */
  readonly paths: readonly string[];
  /** Absolute path of the tree they were made in. */
  readonly madeIn: string;
  /** Text files that name that path, such as the scripts of a Python environment. */
  readonly naming: readonly string[];
}

/** Reads the note beside a folder of products. */
export async function readProducts(dir: string): Promise<Products> {
  const text = await onDisk('read', dir, () => readFile(productsFile(dir), 'utf8'));
  // Written by `writeProducts` before the folder got its name.
  return JSON.parse(text) as Products;
}

export async function writeProducts(dir: string, products: Products): Promise<void> {
  await onDisk('write', dir, () => writeFile(productsFile(dir), JSON.stringify(products)));
}

/** Copies products into a fresh tree. Never hard links: what a check writes must not reach the next tree. */
export async function copyProducts(commands: Commands, dir: string, tree: string): Promise<void> {
  // With `/.` what is in the folder, not the folder; `join` would drop it.
  await copyAll(commands, [`${dir}/.`], tree);
  const { madeIn, naming } = await readProducts(dir);
  for (const path of naming) await renameInside(join(tree, path), madeIn, tree);
}

/** Copies files and folders into a folder, with modes, times and links; shares blocks where the file system can. */
export async function copyAll(commands: Commands, from: readonly string[], to: string): Promise<void> {
  const file = await findProgram('cp', process.env.PATH);
  if (file === null) throw new PrdError({ code: 'program-missing', program: 'cp', for: 'setup' });
  const how = process.platform === 'linux' ? ['-a', '--reflink=auto'] : ['-cRp'];
  const { exitCode, stderr } = await commands.runTrusted({
    file,
    args: [...how, '--', ...from, to],
    cwd: to,
    env: { LC_ALL: 'C' },
  });
  if (exitCode !== 0) throw new PrdError({ code: 'disk', operation: 'copy', file: to, errno: errnoIn(stderr) });
}

async function renameInside(file: string, from: string, to: string): Promise<void> {
  await onDisk('write', file, async () => {
    // Bytes as they are, whatever the encoding of the file.
    const text = await readFile(file, 'latin1');
    await writeFile(file, text.replaceAll(asLatin1(from), asLatin1(to)), 'latin1');
  });
}

function asLatin1(path: string): string {
  return Buffer.from(path).toString('latin1');
}

function errnoIn(stderr: string): string {
  return /No space left/.test(stderr) ? 'ENOSPC' : 'EIO';
}

function productsFile(dir: string): string {
  return join(dirname(dir), 'products.json');
}
