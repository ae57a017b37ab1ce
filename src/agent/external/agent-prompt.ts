import type { Role } from '../../plan/plan.ts';
import type { Spec } from '../implementer.ts';
import { storyText } from '../prompts/first-message.ts';

/** What an external agent is told: it has its own tools, so only the story and the rules of the house. */
export function firstPrompt(spec: Spec, role: Role): string {
  return [storyText(spec), spec.shared, rules(role)].filter((part) => part.trim() !== '').join('\n\n');
}

/** A further round: the agent starts afresh in the folder as it left it. */
export function nextPrompt(spec: Spec, role: Role, feedback: string): string {
  const before =
    '## What happened before\nThe work so far stands in this folder. Its checks were run on a clean copy and say:';
  return [firstPrompt(spec, role), `${before}\n\n${feedback}`].join('\n\n');
}

function rules(role: Role): string {
  return role === 'delegate' ? `${common}\n${handOver}` : common;
}

const common = `## Rules
The story is the scope: do what it says, no more, in this folder, without asking back.
Follow the code next to yours. Add tests freely; never weaken, skip or delete an assertion, and leave verify scripts and their configuration alone unless the story says so.
Do not commit: what stands in the files when you stop is checked on a clean copy.
If something outside of the code stops you, end with the line "BLOCKED: " and the reason.`;

const handOver =
  'If the story contradicts the code, or needs a decision about structure, end with the line "NEEDS_ORCHESTRATOR: " and the question.';
