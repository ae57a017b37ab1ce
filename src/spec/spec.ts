import { createHash } from 'node:crypto';
import type { Spec } from '../agent/implementer.ts';
import type { Story } from '../prd/prd.ts';
import type { Check } from '../verify/check.ts';
import type { Oid, Vault } from '../workspace/workspace.ts';
import type { CoachingNote } from './coaching.ts';
import type { Refinement } from './refinement.ts';

/** Characters of files sent along: about 12k tokens. The implementer would read them anyway; this saves it the turns. */
const maxShown = 48_000;
const maxFileShown = 16_000;

export interface SpecInput {
  readonly story: Story;
  readonly checks: readonly Check[];
  /** Commit that the workspace starts from. */
  readonly from: Oid;
  readonly shared: string;
  /** What earlier attempts met, as the implementer should read it; null for the first. */
  readonly before: string | null;
  /** What the orchestrator added, checked; absent or null: the story goes out as it is written. */
  readonly refinement?: Refinement | null;
  /** Notes for this story's files alone; those for all files are in `shared`. */
  readonly notes?: readonly CoachingNote[];
}

/** What the implementer is told: the story, how it will be judged, the files it names, and what failed before. */
export async function writeSpec(input: SpecInput, vault: Vault): Promise<Spec> {
  const { story } = input;
  const refinement = input.refinement ?? nothingAdded;
  const files = await namedFiles(input, vault);
  const criteria = [...story.criteria.map(({ text }) => text), ...refinement.extraCriteria];
  const parts = [
    `# Story ${story.id}: ${story.title}`,
    story.description.trim(),
    section('Acceptance criteria', criteria.map((text, index) => `${index + 1}. ${text}`).join('\n')),
    section('Verify', verifyLines(input.checks)),
    section('Scope', story.files.join('\n')),
    ...planSections(refinement),
    section('Notes (they bind nobody)', story.notes.trim()),
    section('Learned from reviews of such files', bullets((input.notes ?? []).map(({ text }) => text))),
    section('Files', files.map(({ path, text }) => `<file path="${path}">\n${text}\n</file>`).join('\n')),
    section('What happened before', input.before ?? ''),
  ];
  return {
    storyId: story.id,
    title: story.title,
    shared: input.shared,
    brief: parts.filter((part) => part !== '').join('\n\n'),
    shown: new Map(files.map(({ path, hash }) => [path, hash])),
  };
}

type Plan = Pick<Refinement, 'files' | 'steps' | 'signatures' | 'copyFrom' | 'extraCriteria' | 'outOfScope'>;

const nothingAdded: Plan = { files: [], steps: [], signatures: [], copyFrom: [], extraCriteria: [], outOfScope: [] };

/** How the orchestrator would do it. The criteria decide; this saves looking around. */
function planSections({ files, steps, signatures, copyFrom, outOfScope }: Plan): readonly string[] {
  const toFile = ({ path, action, why }: Plan['files'][number]): string =>
    `${action} ${path}${why === '' ? '' : `: ${why}`}`;
  return [
    section('Files to touch', bullets(files.map(toFile))),
    section('Steps', steps.map((step, index) => `${index + 1}. ${step}`).join('\n')),
    section('Signatures', bullets(signatures)),
    section('Follow the pattern of', bullets(copyFrom.map(({ path, symbol }) => `${symbol} in ${path}`))),
    section('Out of scope', bullets(outOfScope)),
  ];
}

function bullets(lines: readonly string[]): string {
  return lines.map((text) => `- ${text}`).join('\n');
}

/** The finish call runs exactly these, elsewhere, on a clean copy. */
function verifyLines(checks: readonly Check[]): string {
  return checks.map(({ run, cwd }) => (cwd === null ? `- ${run}` : `- (in ${cwd}) ${run}`)).join('\n');
}

interface ShownFile {
  readonly path: string;
  readonly text: string;
  readonly hash: string;
}

async function namedFiles(input: SpecInput, vault: Vault): Promise<readonly ShownFile[]> {
  const known = new Set(await vault.paths(input.from));
  const shown: ShownFile[] = [];
  let length = 0;
  for (const path of wantedPaths(input)) {
    const text = known.has(path) ? await vault.read(input.from, path) : null;
    if (text === null || text.length > maxFileShown || text.includes('\0')) continue;
    length += text.length;
    if (length > maxShown) break;
    shown.push({ path, text, hash: createHash('sha256').update(text).digest('hex') });
  }
  return shown;
}

/** What the refinement changes and copies from comes first: it is certain, the words of the story are guesses. */
function wantedPaths({ story, checks, refinement }: SpecInput): ReadonlySet<string> {
  const planned = [...(refinement?.files ?? []), ...(refinement?.copyFrom ?? [])].map(({ path }) => path);
  return new Set([...planned, ...mentionedPaths(story, checks)]);
}

/** Words of the story that could be paths, in order of mention: scope first, then criteria, then verify commands. */
export function mentionedPaths(story: Story, checks: readonly Check[]): readonly string[] {
  const texts = [...story.files, story.title, story.description, ...story.criteria.map(({ text }) => text)];
  const words = [...texts, ...checks.map(({ run }) => run)].flatMap((text) => text.split(/[\s`'"(),;:<>]+/));
  const paths = words.map((word) => word.replace(/^\.\//, '').replace(/[.!?]+$/, ''));
  return [...new Set(paths.filter((path) => /[./]/.test(path) && !path.startsWith('/') && !path.includes('..')))];
}

function section(title: string, body: string): string {
  return body === '' ? '' : `## ${title}\n${body}`;
}
