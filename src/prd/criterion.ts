import { readCheckPhrase } from './grammar/check-phrase.ts';
import { type CodeSpan, codeSpans } from './grammar/code-spans.ts';
import { type LineOptions, readOpenLine, readSpanLine } from './grammar/command-line.ts';
import { commandShape } from './grammar/command-shape.ts';
import { exitZero, readDemand } from './grammar/expectation.ts';
import { cutLead, isCommandLead, isManualCheck, type LeadKind } from './grammar/lead.ts';
import { resolveChecks } from './grammar/named-check.ts';
import { prose } from './grammar/prose.ts';
import type { Expectation, Reading, VerifyCommand } from './prd.ts';

export interface CriterionOptions {
  /** Programs, scripts and targets (`make lint`) of the project itself. */
  readonly programs?: ReadonlySet<string>;
  /** The text is the value of a field that holds verifications only: it needs no lead, and the field says where it ends. */
  readonly field?: boolean;
}

/** Longer texts are never taken apart: they are prose. */
const longestCriterion = 4_000;
const mostCommands = 4;
const noPrograms: ReadonlySet<string> = new Set();

/**
 * Reads one criterion by the verify grammar. What cannot be read for certain is prose, and prose never runs. A command is
 * always a piece of the text as it stands.
 */
export function readCriterion(
  text: string,
  checks: ReadonlyMap<string, string>,
  options: CriterionOptions = {},
): Reading {
  if (text.length > longestCriterion) return prose('plain');
  const lead = cutLead(text);
  const field = options.field === true;
  const announced = field || lead.kind !== 'none';
  const body: Body = {
    text: lead.rest,
    lead: lead.kind,
    checks,
    line: { announced, field, programs: options.programs ?? noPrograms },
  };
  const reading = readBody(body);
  if (reading !== null) return reading;
  if (isManualCheck(text)) return prose('manual');
  return prose(lead.kind === 'verify' ? 'verify-prose' : 'plain');
}

interface Body {
  readonly text: string;
  readonly lead: LeadKind;
  readonly checks: ReadonlyMap<string, string>;
  readonly line: LineOptions;
}

function readBody(body: Body): Reading | null {
  const line = readCommand(body);
  if (body.lead === 'test') return line?.kind === 'command' && line.command.remark === null ? line : null;
  return line ?? readPhrase(body);
}

function readCommand({ text, line }: Body): Reading | null {
  const spans = codeSpans(text);
  const [first] = spans;
  if (first === undefined) return readOpenLine(text, line);
  const commands = commandsOf(spans, line.programs);
  if (spans.length > 1) {
    const reading = readSeveral(text, spans, line) ?? readBeforeBrackets(text, spans, line);
    return reading ?? (isDoubtful(text, commands, line) ? prose('ambiguous') : null);
  }
  if (commands.length === 0) return null;
  const before = text.slice(0, first.start).trim();
  if (before !== '' && !isCommandLead(before)) return null;
  return readSpanLine(text.slice(first.start), {
    ...line,
    announced: line.announced || /(?::| with| via)$/.test(before),
  });
}

function commandsOf(spans: readonly CodeSpan[], programs: ReadonlySet<string>): readonly CodeSpan[] {
  return spans.filter((span) => commandShape(span.code.trim(), { from: 'span', programs }) !== 'no');
}

/** "`cargo test` passes and `shop --bad` exits 2": every span is a command with a demand of its own, so each is run by itself. */
function readSeveral(text: string, spans: readonly CodeSpan[], line: LineOptions): Reading | null {
  if (text.slice(0, spans[0]?.start).trim() !== '' || spans.length > mostCommands) return null;
  const commands: VerifyCommand[] = [];
  for (const [index, span] of spans.entries()) {
    const part = text.slice(span.start, spans[index + 1]?.start);
    const tied = /(?:[,;][ \t]{1,9}(?:and[ \t]{1,9})?|[ \t]and[ \t]{1,9})$/.exec(part);
    if (tied === null && index + 1 < spans.length) return null;
    const reading = readSpanLine(tied === null ? part : part.slice(0, tied.index), { ...line, announced: false });
    if (reading?.kind !== 'command') return null;
    commands.push(reading.command);
  }
  const remarks = commands.flatMap(({ remark }) => remark ?? []);
  return {
    kind: 'check',
    names: [],
    commands,
    unresolved: [],
    remark: remarks.length === 0 ? null : remarks.join('; '),
  };
}

/** "`grep -c x a.txt` prints 0 (the name `x` is gone)": the other spans only explain. */
function readBeforeBrackets(text: string, [first, second]: readonly CodeSpan[], line: LineOptions): Reading | null {
  const open = first === undefined ? -1 : text.indexOf(' (', first.end);
  if (first === undefined || second === undefined || open < 0 || open > second.start) return null;
  if (text.slice(0, first.start).trim() !== '' || !/\)\.?$/.test(text.trimEnd())) return null;
  const reading = readSpanLine(text.slice(first.start, open), { ...line, announced: false });
  if (reading?.kind !== 'command') return null;
  const remark = text
    .slice(open + 2)
    .trimEnd()
    .replace(/\)\.?$/, '');
  return { kind: 'command', command: { ...reading.command, remark } };
}

/** Of several spans nobody knows which one decides; that is said only where one of them would have been run alone. */
function isDoubtful(text: string, commands: readonly CodeSpan[], line: LineOptions): boolean {
  const [first] = commands;
  if (first === undefined) return false;
  return line.announced || commands.length > 1 || text.slice(0, first.start).trim() === '';
}

/** A generic phrase. A command in the same line wins over its name. */
function readPhrase({ text, checks, line }: Body): Reading | null {
  const phrase = readCheckPhrase(text);
  if (phrase === null) return null;
  return (
    readTail(phrase.rest, line.programs) ??
    readTail(phrase.tail, line.programs) ??
    resolveChecks(phrase, checks, remarkOf(`${phrase.tail} ${phrase.rest}`))
  );
}

const joint =
  /^[ \t]{0,9}(?:locally[ \t]{1,9})?(?:[:\u2013\u2014-]|\(|(?:with|via|using|by running|when running)(?=[ \t:]):?)[ \t]{0,9}(?:(?:via|using|with|run|running)[ \t])?/i;

/** "Typecheck passes (npx tsc -b)", "Tests pass: uv run pytest exits 0", "Tests pass with 'bun test tests/cart.test.ts'". */
function readTail(tail: string, programs: ReadonlySet<string>): Reading | null {
  const found = joint.exec(tail);
  if (found === null) return null;
  const options = { announced: true, field: false, programs };
  const behind = tail.slice(found[0].length);
  const inside = found[0].includes('(') ? withoutBrackets(behind) : behind;
  const spans = codeSpans(inside);
  if (spans.length > 1) return isDoubtful(inside, commandsOf(spans, programs), options) ? prose('ambiguous') : null;
  if (spans.length === 1) return readSpanLine(inside, options);
  const quoted = /^(?:'([^']{1,400})'|"([^"]{1,400})")\.?$/.exec(inside.trim());
  return readOpenLine(quoted?.[1] ?? quoted?.[2] ?? inside, options);
}

/** What stood in brackets; words behind them are tied on by a dash, so that they stay a remark. */
function withoutBrackets(text: string): string {
  const close = text.lastIndexOf(')');
  if (close < 0) return text;
  const rest = text.slice(close + 1).replace(/^[ \t.,;]{1,9}/, '');
  return rest === '' ? text.slice(0, close) : `${text.slice(0, close)} \u2014 ${rest}`;
}

function remarkOf(tail: string): string | null {
  const plain = tail
    .trim()
    .replace(/^[:;,.\u2013\u2014-][ \t]*/, '')
    .replace(/[.;,:]$/, '')
    .trim();
  return plain === '' ? null : plain;
}

/** A criterion whose command was given in a field of its own. */
export interface ObjectCriterion {
  readonly run: string;
  /** Exit code as a number, words of the verify grammar, or both parts; null asks for exit 0. */
  readonly expect:
    | string
    | number
    | { readonly exit: number | 'nonzero' | null; readonly stdout: string | null }
    | null;
  /** Such as `90s`, `5m`, `1h`; a number counts seconds. */
  readonly timeout: string | number | null;
  readonly cwd: string | null;
}

/** Reads the object form: the command is taken as it stands, whatever it looks like. */
export function readObjectCriterion(object: ObjectCriterion): Reading {
  const run = object.run.trim();
  const cwd = object.cwd === null ? null : relativeFolder(object.cwd);
  const demand = readExpect(object.expect, run);
  if (demand === null || cwd === undefined) return prose('ambiguous');
  const timeoutMs = durationMs(object.timeout);
  return {
    kind: 'command',
    command: { run, expect: demand.expect, cwd, timeoutMs, name: null, remark: demand.remark },
  };
}

function readExpect(
  expect: ObjectCriterion['expect'],
  run: string,
): { expect: Expectation; remark: string | null } | null {
  if (expect === null) return { expect: exitZero, remark: null };
  if (typeof expect === 'number') return { expect: { exit: expect, output: null }, remark: null };
  if (typeof expect === 'string') return readDemand(expect, run);
  const output = expect.stdout === null ? null : textOutput(expect.stdout);
  return { expect: { exit: expect.exit ?? (output === null ? 0 : null), output }, remark: null };
}

function textOutput(text: string): Expectation['output'] {
  return text === '' ? { kind: 'empty' } : { kind: 'contains', text };
}

/** Undefined for a folder that leads out of the repository. */
function relativeFolder(folder: string): string | null | undefined {
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.');
  if (folder.startsWith('/') || folder.startsWith('~') || folder.includes('\\') || parts.includes('..'))
    return undefined;
  return parts.length === 0 ? null : parts.join('/');
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function durationMs(timeout: string | number | null): number | null {
  const found = /^(\d{1,9})[ ]?(ms|s|m|h)?$/.exec(String(timeout ?? ''));
  const value = Number(found?.[1] ?? 0) * (units[found?.[2] ?? 's'] ?? 0);
  return value > 0 ? value : null;
}
