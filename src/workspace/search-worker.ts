import { Worker } from 'node:worker_threads';
import type { Pattern } from './search-pattern.ts';
import type { SearchResult } from './workspace.ts';

export interface LineSearch {
  readonly root: string;
  /** Relative to the root, in the order of the answer. */
  readonly files: readonly string[];
  readonly pattern: Pattern;
  readonly mode: 'lines' | 'files';
  readonly context: number;
  readonly maxBytes: number;
  /** A regular expression that runs cannot be interrupted, so its thread is. */
  readonly timeoutMs: number;
}

type FileHits = SearchResult['files'][number];
type Said = { readonly file: FileHits | null; readonly hits: number; readonly more: number };

const maxHits = 100;
const lineCharacters = 300;

/** Finds the lines. Files that are binary, gone or too large hold none. What was found before the time limit is kept. */
export function searchLines(search: LineSearch): Promise<Omit<SearchResult, 'note'>> {
  const worker = new Worker(workerSource, {
    eval: true,
    workerData: { ...search, maxHits, lineCharacters },
    env: {},
    execArgv: [],
  });
  const files: FileHits[] = [];
  let [hits, more] = [0, 0];
  worker.on('message', (said: Said) => {
    if (said.file !== null) files.push(said.file);
    hits += said.hits;
    more += said.more;
  });
  return new Promise((resolve) => {
    let timedOut = false;
    const stop = (): void => {
      timedOut = true;
      void worker.terminate();
    };
    const timer = setTimeout(stop, search.timeoutMs);
    // A pattern can also end its thread by itself, e.g. with the stack.
    worker.once('error', stop);
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve({ files, hits, more, timedOut });
    });
  });
}

// As text, because the published program is one bundle: there is no file a thread could be started from.
const workerSource = `
const { parentPort, workerData } = require('node:worker_threads');
const fs = require('node:fs');
const path = require('node:path');
const { root, files, pattern, mode, context, maxBytes, maxHits, lineCharacters } = workerData;
const expression = new RegExp(pattern.source, pattern.flags);
const flags = fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK;

function textOf(file) {
  let descriptor;
  try {
    descriptor = fs.openSync(path.join(root, file), flags);
    const stats = fs.fstatSync(descriptor);
    if (!stats.isFile() || stats.size > maxBytes) return null;
    const bytes = fs.readFileSync(descriptor);
    return bytes.subarray(0, 8000).includes(0) ? null : bytes.toString('utf8').replace(/^\\uFEFF/, '');
  } catch {
    return null;
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

function shown(line) {
  if (line.length <= lineCharacters) return line;
  const at = Math.max(0, line.search(expression));
  const from = Math.max(0, Math.min(at - 60, line.length - lineCharacters));
  const cut = line.slice(from, from + lineCharacters);
  return (from > 0 ? '…' : '') + cut + (from + lineCharacters < line.length ? '…' : '');
}

function linesAround(lines, hits) {
  const marked = new Map();
  for (const hit of hits) {
    const last = Math.min(lines.length - 1, hit + context);
    for (let at = Math.max(0, hit - context); at <= last; at++) if (!marked.has(at)) marked.set(at, false);
    marked.set(hit, true);
  }
  const numbers = [...marked.keys()].sort((a, b) => a - b);
  return numbers.map((at) => ({ line: at + 1, text: shown(lines[at]), hit: marked.get(at) }));
}

let left = maxHits;
for (const file of files) {
  const text = textOf(file);
  if (text === null) continue;
  const lines = text.split(/\\r?\\n/);
  if (lines.at(-1) === '') lines.pop();
  const hits = [];
  for (let at = 0; at < lines.length; at++) {
    if (!expression.test(lines[at])) continue;
    hits.push(at);
    if (mode === 'files') break;
  }
  if (hits.length === 0) continue;
  const kept = hits.slice(0, left);
  left -= kept.length;
  const said = kept.length === 0 ? null : { path: file, lines: mode === 'files' ? [] : linesAround(lines, kept) };
  parentPort.postMessage({ file: said, hits: kept.length, more: hits.length - kept.length });
}
`;
