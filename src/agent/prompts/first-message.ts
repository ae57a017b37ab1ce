import type { Message } from '../../models/model.ts';
import type { Spec } from '../implementer.ts';

/** The first user message: the story. Its first line names it, whoever wrote the brief. */
export function firstMessage(spec: Spec): Message {
  return { role: 'user', content: [{ type: 'text', text: storyText(spec) }] };
}

export function storyText({ storyId, title, brief }: Spec): string {
  const head = `# Story ${storyId}: ${title}`;
  return brief.startsWith(head) ? brief : `${head}\n\n${brief}`;
}
