import type { Example } from '../../src/lint/rule.ts';

/** The example as a PRD: what it does not state is filled in so that no other rule of its group has anything to say. */
export function exampleText({ criterion, story, stories, top, text }: Example): string {
  if (text !== undefined) return text;
  const given = stories ?? [story ?? { acceptanceCriteria: [criterion] }];
  return JSON.stringify({ ...top, userStories: given.map(filledStory) }, null, 2);
}

function filledStory(fields: Readonly<Record<string, unknown>>, index: number): Readonly<Record<string, unknown>> {
  return {
    id: `US-00${index + 1}`,
    title: `Story number ${index + 1}`,
    description: 'Belongs to `show()`',
    implementModel: 'delegate',
    acceptanceCriteria: [`\`show()\` returns row ${index + 1}`],
    passes: false,
    ...fields,
  };
}
