import type { Story } from '../../prd/prd.ts';
import type { Confidence, Rule, Spot } from '../rule.ts';
import { setModel } from '../set-model.ts';
import type { StoryFacts, WholeView } from '../view.ts';
import { waitsFor } from '../waits-for.ts';

const store = { acceptanceCriteria: ['`total` in src/store.ts counts discounts'] };

export const sharedState: Rule = {
  id: 'delegate/shared-state',
  summary: 'a file that another open story also names, a root file, a store or a global registration',
  reason: 'the blast radius of a mistake in shared state is architectural',
  bad: {
    stories: [
      { id: 'US-001', ...store },
      { id: 'US-002', title: 'Second', ...store, implementModel: 'orchestrator' },
    ],
  },
  good: {
    stories: [
      { id: 'US-001', ...store, dependsOn: ['US-002'] },
      { id: 'US-002', title: 'Second', ...store, implementModel: 'orchestrator' },
    ],
  },
  severity: { delegate: 'error', orchestrator: 'off', unset: 'info' },
  fix: 'unsafe',
  check: { on: 'document', find },
};

function find({ open, byId }: WholeView): readonly Spot[] {
  const users = new Map<string, Story[]>();
  for (const { story, files } of open) {
    for (const file of files) users.set(file, [...(users.get(file) ?? []), story].slice(0, mostUsers));
  }
  return open.flatMap((facts) => sharedFile(facts, users, byId) ?? rootOrState(facts));
}

/** More users of one file are not compared: the first few prove the point. */
const mostUsers = 24;

function sharedFile(
  { story, files }: StoryFacts,
  users: ReadonlyMap<string, readonly Story[]>,
  byId: ReadonlyMap<string, Story>,
): Spot[] | null {
  for (const file of files) {
    const other = users
      .get(file)
      ?.find((one) => one !== story && !waitsFor(story, one, byId) && !waitsFor(one, story, byId));
    if (other === undefined) continue;
    const message = `shares \`${file}\` with \`${other.id}\``;
    return [spot('high', message, 'give it to the orchestrator, or add `dependsOn`', story)];
  }
  return null;
}

function rootOrState({ story, files, sharedState }: StoryFacts): Spot[] {
  const what = files.find((file) => rootFile.test(file)) ?? sharedState;
  return what === null
    ? []
    : [spot('medium', `touches shared state: \`${what}\``, 'give it to the orchestrator', story)];
}

function spot(confidence: Confidence, message: string, hint: string, about: Story): Spot {
  return { confidence, message, hint, about, edits: [setModel(about, 'orchestrator')] };
}

const rootFile =
  /(?:^|\/)(?:schema\.\w{2,8}|routes?\.\w{2,4}|router\.\w{2,4}|[Aa]pp\.(?:tsx|jsx|vue|svelte|dart)|main\.(?:ts|tsx|dart|rs|go|py)|package\.json|pubspec\.yaml|Cargo\.toml|go\.mod|docker-compose\.ya?ml)$|(?:^|\/)migrations?\//;
