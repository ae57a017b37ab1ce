import type { Story } from '../../prd/prd.ts';
import type { Confidence, Edit, Rule, Spot } from '../rule.ts';
import { setModel } from '../set-model.ts';
import type { RepoFacts, WholeView } from '../view.ts';

export const firstOfKind: Rule = {
  id: 'delegate/first-of-kind',
  summary: 'the first screen, form, endpoint, … of several, with none to copy from',
  reason: 'the orchestrator should build the template; the others follow it',
  bad: {
    stories: [
      { id: 'US-001', title: 'Cart screen' },
      { id: 'US-002', title: 'Orders screen' },
      { id: 'US-003', title: 'Profile screen' },
    ],
  },
  good: {
    stories: [
      { id: 'US-001', title: 'Cart screen' },
      { id: 'US-002', title: 'Orders export' },
    ],
  },
  severity: { delegate: 'warning', orchestrator: 'off', unset: 'info' },
  fix: 'unsafe',
  check: { on: 'document', find },
};

function find({ stories, open, repo }: WholeView): readonly Spot[] {
  const done = new Set(stories.filter(({ story }) => story.passes).map(({ story }) => kindOf(story.title)));
  const byKind = new Map<string, Story[]>();
  for (const { story } of open) {
    const kind = kindOf(story.title);
    if (kind !== null) byKind.set(kind, [...(byKind.get(kind) ?? []), story].slice(0, mostKept));
  }
  return [...byKind].flatMap(([kind, [first, ...later]]) => {
    if (first === undefined || later.length === 0 || done.has(kind) || (repo !== null && isInTree(kind, repo)))
      return [];
    return [spot(first, later, kind, repo === null ? 'medium' : 'high')];
  });
}

/** Enough to see that a kind repeats; the fix ties so many to the first. */
const mostKept = 50;

function spot(first: Story, later: readonly Story[], kind: string, confidence: Confidence): Spot {
  return {
    confidence,
    message: `first \`${kind}\` of ${later.length + 1}`,
    hint: 'give it to the orchestrator first, and let the others depend on it',
    about: first,
    edits: [setModel(first, 'orchestrator'), ...later.flatMap((story) => dependency(story, first))],
  };
}

function dependency({ dependsOn, id, path }: Story, first: Story): readonly Edit[] {
  if (!first.hasId || dependsOn.includes(first.id) || first.dependsOn.includes(id)) return [];
  return [{ kind: 'set', path: [...path, 'dependsOn'], value: [...dependsOn, first.id] }];
}

/** The last word of a title that names a kind: "cart screen", "form validation endpoint". */
function kindOf(title: string): string | null {
  const words = title
    .slice(0, 400)
    .toLowerCase()
    .split(/[^a-z]/);
  const word = words.findLast((one) => kinds.has(one) || kinds.has(one.slice(0, -1)));
  if (word === undefined) return null;
  return kinds.has(word) ? word : word.slice(0, -1);
}

function isInTree(kind: string, { paths }: RepoFacts): boolean {
  for (const path of paths) {
    if (path.length < 400 && path.toLowerCase().includes(kind)) return true;
  }
  return false;
}

const kinds: ReadonlySet<string> = new Set([
  'screen',
  'form',
  'list',
  'modal',
  'endpoint',
  'migration',
  'command',
  'job',
  'dialog',
  'widget',
]);
