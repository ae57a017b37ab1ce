import { createHash } from 'node:crypto';
import { parsePrd } from '../../src/prd/parse.ts';
import type { Story } from '../../src/prd/prd.ts';
import { type Policy, type PolicySettings, policyOf } from '../../src/verify/protect.ts';
import type { Change, Refusal } from '../../src/workspace/workspace.ts';

export type FileMap = Readonly<Record<string, string>>;

/** A story as the document would hold it, read by the real parser. */
export function storyFrom(fields: Readonly<Record<string, unknown>> = {}, checks: FileMap = {}): Story {
  const story = {
    id: 'US-001',
    title: 'Cart totals',
    acceptanceCriteria: ['Verify: npm test'],
    passes: false,
    ...fields,
  };
  const parsed = parsePrd(JSON.stringify({ checks, userStories: [story] }), 'PRD.json');
  const read = parsed.kind === 'read' ? parsed.document.prd.stories[0] : undefined;
  if (read === undefined) throw new Error(`not a story: ${JSON.stringify(parsed)}`);
  return read;
}

/** The PRD of a shop with one story, open or passing. */
export function prdText(passes: boolean, title = 'Cart totals'): string {
  return `${JSON.stringify({ userStories: [{ id: 'US-001', title, acceptanceCriteria: ['Verify: npm test'], passes }] }, null, 2)}\n`;
}

export interface AttemptOptions {
  readonly story?: Story;
  readonly refused?: readonly Refusal[];
  readonly settings?: PolicySettings;
  readonly executable?: readonly string[];
  readonly prdPath?: string;
}

/** The policy over an attempt that turned the base's files into others. */
export function policyFor(base: FileMap, attempt: FileMap, options: AttemptOptions = {}): Policy {
  return policyOf({
    story: options.story ?? storyFrom(),
    prdPath: options.prdPath ?? 'PRD.json',
    changes: changesBetween(base, attempt, options.executable ?? []),
    refused: options.refused ?? [],
    basePaths: Object.keys(base).sort(),
    texts: { base: (path) => base[path] ?? null, attempt: (path) => attempt[path] ?? null },
    ...(options.settings === undefined ? {} : { settings: options.settings }),
  });
}

/** `{ 'src/a.ts': 'keep', 'PRD.json': 'drop prd' }`: what became of each changed path. */
export function decided(policy: Policy): FileMap {
  return Object.fromEntries(
    policy.decisions.map((decision) => {
      const detail = { drop: 'why', owned: 'by', merge: 'keys' }[decision.kind as string];
      const said = detail === undefined ? '' : ` ${String(decision[detail as keyof typeof decision])}`;
      return [decision.change.path, `${decision.kind}${said}`];
    }),
  );
}

export function changesBetween(base: FileMap, attempt: FileMap, executable: readonly string[] = []): readonly Change[] {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(attempt)])].sort();
  return paths
    .filter((path) => base[path] !== attempt[path])
    .map((path) => change(path, base[path], attempt[path], executable.includes(path)));
}

function change(path: string, before: string | undefined, after: string | undefined, executable: boolean): Change {
  const status = before === undefined ? 'added' : 'modified';
  const mode = executable ? '100755' : '100644';
  return {
    path,
    status: after === undefined ? 'deleted' : status,
    oldMode: before === undefined ? '000000' : '100644',
    newMode: after === undefined ? '000000' : mode,
    oldBlob: before === undefined ? null : blobOf(before),
    newBlob: after === undefined ? null : blobOf(after),
  };
}

export function blobOf(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}
