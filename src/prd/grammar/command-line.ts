import type { Reading } from '../prd.ts';
import { codeSpans } from './code-spans.ts';
import { commandShape, mayBeCommand, type Shape } from './command-shape.ts';
import { canBeginDemand, type Demand, exitZero, readDemand } from './expectation.ts';
import { cutFolder } from './folder.ts';
import { prose } from './prose.ts';

export interface LineOptions {
  /** A lead stands in front, so an expectation is optional and a remark may follow a dash. */
  readonly announced: boolean;
  /** The whole text is a field of its own. */
  readonly field: boolean;
  readonly programs: ReadonlySet<string>;
}

/** Reads a text that is one code span with words behind it. Null when it is no verify line. */
export function readSpanLine(text: string, options: LineOptions): Reading | null {
  const [span] = codeSpans(text);
  if (span === undefined || text.slice(0, span.start).trim() !== '') return null;
  const run = span.code.trim();
  const shape = commandShape(run, { from: 'span', programs: options.programs });
  return finish({ run, shape, after: text.slice(span.end) }, options);
}

/** Reads a command that stands in the open: "cargo test exits 0", "npm test — no failures". Null when it is no verify line. */
export function readOpenLine(text: string, options: LineOptions): Reading | null {
  if (!mayBeCommand(text, options.programs)) return null;
  const { left, right } = splitAtDash(text);
  const after = right === null ? '' : ` \u2014 ${right}`;
  for (const at of demandStarts(left)) {
    const shape = openShape(left.slice(0, at), options);
    if (shape.shape === 'no') continue;
    const reading = finish({ ...shape, after: left.slice(at) + after }, options);
    if (reading !== null) return reading;
  }
  const whole = openShape(withoutFullStop(left), options);
  return whole.shape === 'no' ? null : finish({ ...whole, after }, options);
}

interface Line {
  readonly run: string;
  readonly shape: Shape;
  readonly cwd?: string | null;
  readonly outside?: boolean;
  readonly after: string;
}

function finish(line: Line, options: LineOptions): Reading | null {
  if (line.shape === 'no') return null;
  const { text, cwd, outside } = cutFolder(withoutFullStop(line.after.trim()));
  const demand = readDemand(text, line.run);
  if (demand === null || outside || line.outside) return options.announced ? prose('ambiguous') : null;
  if (!isAccepted(demand, text.trim(), options)) return null;
  if (line.shape === 'odd') return prose('odd-characters');
  const expect = demand.understood ? demand.expect : exitZero;
  return {
    kind: 'command',
    command: {
      run: line.run,
      expect,
      cwd: cwd ?? line.cwd ?? null,
      timeoutMs: null,
      name: null,
      remark: demand.remark,
    },
  };
}

/** Without a lead, nothing but command and expectation may be there, and the expectation is required. */
function isAccepted(demand: Demand, after: string, options: LineOptions): boolean {
  const dashed = /^[\u2013\u2014:-]/.test(after) && options.announced;
  if (!demand.understood) return options.announced && (demand.remark === null || dashed || after.startsWith('('));
  const { exit } = demand.expect;
  if (exit !== 0 && exit !== null) return demand.link === '' || strictLinks.has(demand.link);
  return demand.link === '' || dashed || looseLinks.has(demand.link);
}

/** What may tie a remark to a demand. "when", "if", "on" may not: they describe a situation the command does not arrange. */
const strictLinks: ReadonlySet<string> = new Set('( , ; \u2014 \u2013 and with'.split(' '));
const looseLinks: ReadonlySet<string> = new Set([
  ...strictLinks,
  ...'. for in across including after against under from at'.split(' '),
]);

function openShape(text: string, options: LineOptions): Omit<Line, 'after'> {
  const cut = cutFolder(text.trimEnd());
  const run = cut.text.trim();
  const shape = commandShape(run, { from: options.field ? 'field' : 'sentence', programs: options.programs });
  return { run, shape, cwd: cut.cwd, outside: cut.outside };
}

/** Only so many places are tried: the work stays linear in the length of the text. */
const mostStarts = 16;

function demandStarts(text: string): readonly number[] {
  const starts: number[] = [];
  const word = /\S{1,200}/g;
  for (let found = word.exec(text); found !== null && starts.length < mostStarts; found = word.exec(text)) {
    if (found.index > 0 && (found[0].startsWith('(') || canBeginDemand(found[0]))) starts.push(found.index);
  }
  return starts;
}

/** At the first spaced long dash; at a spaced hyphen or a colon only if the right side is wholly an expectation. ` -- ` never splits. */
function splitAtDash(text: string): { left: string; right: string | null } {
  const dash = /[ \t\u00a0][\u2013\u2014][ \t\u00a0]/.exec(text);
  if (dash !== null) return { left: text.slice(0, dash.index), right: text.slice(dash.index + 3) };
  for (const mark of [' - ', ': ']) {
    const at = text.lastIndexOf(mark);
    const right = at < 0 ? '' : text.slice(at + mark.length);
    const demand = at < 0 ? null : readDemand(right, text.slice(0, at));
    if (demand?.understood && demand.remark === null) return { left: text.slice(0, at), right };
  }
  return { left: text, right: null };
}

/** Cuts one full stop, but not the dots of `./...` or a lone `.` that names the folder. */
function withoutFullStop(text: string): string {
  return /[^\s./]\.$/.test(text) ? text.slice(0, -1) : text;
}
