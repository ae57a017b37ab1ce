import { createHash } from 'node:crypto';
import type { Spec } from '../agent/implementer.ts';
import type { Story } from '../prd/prd.ts';
import type { Check } from '../verify/check.ts';
import type { Oid, Vault } from '../workspace/workspace.ts';

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
}

/** What the implementer is told: the story, how it will be judged, the files it names, and what failed before. */
export async function writeSpec(input: SpecInput, vault: Vault): Promise<Spec> {
  const { story } = input;
  const files = await namedFiles(input, vault);
  const parts = [
    `# Story ${story.id}: ${story.title}`,
    story.description.trim(),
    section('Acceptance criteria', story.criteria.map(({ text }, index) => `${index + 1}. ${text}`).join('\n')),
    section('Verify', verifyLines(input.checks)),
    section('Scope', story.files.join('\n')),
    section('Notes (they bind nobody)', story.notes.trim()),
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
  for (const path of mentionedPaths(input.story, input.checks)) {
    const text = known.has(path) ? await vault.read(input.from, path) : null;
    if (text === null || text.length > maxFileShown || text.includes('\0')) continue;
    length += text.length;
    if (length > maxShown) break;
    shown.push({ path, text, hash: createHash('sha256').update(text).digest('hex') });
  }
  return shown;
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
