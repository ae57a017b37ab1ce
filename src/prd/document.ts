import { readBlocks } from './dialects/dependencies.ts';
import { readDisables } from './dialects/disables.ts';
import { documentKeys } from './dialects/keys.ts';
import { dialectNote, type Ledger } from './dialects/ledger.ts';
import { type Members, membersOf, textOf } from './dialects/members.ts';
import { readChecks } from './dialects/named-checks.ts';
import type { FoundStories } from './document-stories.ts';
import type { Note, Prd, Story } from './prd.ts';
import { type NamedSite, readStory } from './story.ts';
import type { Source } from './syntax.ts';

/** Reads a whole document once its stories are found. Whatever is odd goes into the ledger. */
export function readDocument(ledger: Ledger, found: FoundStories, programs: ReadonlySet<string>): Prd {
  const { source } = ledger;
  const sites = found.stories;
  const { node, path } = found.top;
  const top = membersOf(node);
  const checks = readChecks(top, path, ledger);
  const ids = new Set(sites.map((site) => site.id));
  const stories = sites.map((site, index) => readStory(site, index, { ledger, checks, programs, ids }));
  return {
    project: projectOf(top, ledger),
    description: textOf(ledger.pick(top, documentKeys.description)?.value),
    branchName: textOf(ledger.pick(top, documentKeys.branchName)?.value)?.trim() || null,
    checks,
    stories: turnBlocks(stories, sites, ids, ledger),
    notes: [
      ...strictness(source),
      ...missingIds(stories),
      ...mixedPriorities(ledger),
      ...dialectNote(ledger),
      ...ledger.notes,
    ],
    hasSchema: membersOf(source.root).has('$schema'),
    disables: readDisables(top, path),
  };
}

function projectOf(top: Members, ledger: Ledger): string | null {
  const member = ledger.pick(top, documentKeys.project);
  return textOf(member?.value) ?? textOf(membersOf(member?.value).get('name')?.value);
}

/** Story A `blocks` B: B depends on A. */
function turnBlocks(
  stories: readonly Story[],
  sites: readonly NamedSite[],
  ids: ReadonlySet<string>,
  ledger: Ledger,
): readonly Story[] {
  const waits = new Map<string, string[]>();
  for (const { site, id } of sites) {
    if (!site.members.has('blocks')) continue;
    ledger.readings.add('`blocks` as `dependsOn` of the other story');
    for (const blocked of readBlocks({ members: site.members, path: site.path, story: id, ids }, ledger)) {
      waits.set(blocked, [...(waits.get(blocked) ?? []), id]);
    }
  }
  if (waits.size === 0) return stories;
  return stories.map((story) => ({
    ...story,
    dependsOn: [...new Set([...story.dependsOn, ...(waits.get(story.id) ?? [])])],
  }));
}

function strictness(source: Source): readonly Note[] {
  const what = [
    source.hasBom ? 'a byte-order mark' : null,
    source.surface.hasComments ? 'comments' : null,
    source.surface.hasTrailingComma ? 'a trailing comma' : null,
  ].filter((one) => one !== null);
  if (what.length === 0) return [];
  const message = `${what.join(' and ')}: strict readers refuse this file`;
  return [{ rule: 'file/not-strict-json', message, path: [], story: null }];
}

function missingIds(stories: readonly Story[]): readonly Note[] {
  return stories
    .filter((story) => !story.hasId)
    .map((story) => ({
      rule: 'file/missing-id',
      message: `story ${story.id} has no id`,
      path: story.path,
      story: story.id,
    }));
}

function mixedPriorities({ rankForms }: Ledger): readonly Note[] {
  if (!rankForms.has('word') || !rankForms.has('number')) return [];
  const message = 'priorities are words and numbers; their ranks compare as numbers';
  return [{ rule: 'file/bad-priority', message, path: [], story: null }];
}
