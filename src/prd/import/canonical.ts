import type { ImportedPlan, ImportedStory } from './imported.ts';

/** The text of a canonical PRD. Ids are made unique; a need that names no story of the plan is done, and left out. */
export function canonicalText(plan: ImportedPlan, schema: string): string {
  const stories = withUniqueIds(plan.stories);
  const ids = new Set(stories.map(({ id }) => id));
  const document = {
    $schema: schema,
    ...(plan.project !== null && { project: plan.project }),
    ...(plan.description !== '' && { description: plan.description }),
    ...(plan.notes !== '' && { notes: plan.notes }),
    userStories: stories.map((story) => canonicalStory(story, ids)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The second of two equal ids gets a number; counting goes on where it stopped, so that many equal ones take no longer. */
function withUniqueIds(stories: readonly ImportedStory[]): readonly ImportedStory[] {
  const taken = new Set<string>();
  const last = new Map<string, number>();
  return stories.map((story) => {
    let id = story.id;
    for (let number = last.get(story.id) ?? 2; taken.has(id); number += 1) {
      id = `${story.id}-${number}`;
      last.set(story.id, number + 1);
    }
    taken.add(id);
    return { ...story, id };
  });
}

function canonicalStory(story: ImportedStory, ids: ReadonlySet<string>): object {
  const {
    id,
    title,
    description = '',
    implementModel = null,
    criteria,
    priority = null,
    phase = null,
    notes = '',
  } = story;
  const dependsOn = [...new Set(story.dependsOn ?? [])].filter((one) => one !== id && ids.has(one));
  const files = [...new Set(story.files ?? [])];
  return {
    id,
    title,
    ...(description !== '' && { description }),
    ...(implementModel !== null && { implementModel }),
    acceptanceCriteria: criteria.filter((criterion) => criterion.trim() !== ''),
    ...(priority !== null && { priority }),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(phase !== null && { phase }),
    ...(files.length > 0 && { files }),
    passes: false,
    ...(notes !== '' && { notes }),
  };
}
