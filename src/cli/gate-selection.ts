import type { GateRules } from '../land/gate.ts';
import { nearest } from '../prd/nearest.ts';
import type { Prd } from '../prd/prd.ts';
import { PrdError } from '../problem.ts';
import type { CheckOptions } from './commands/check.ts';

/** What the flags of `prd check` demand. Rejects for a story or a phase that the document does not have. */
export function gateRulesOf(options: CheckOptions, prd: Prd): GateRules {
  return {
    stories: selected(options, prd),
    allPass: options.allPass === true,
    minPercent: options.min ?? null,
    require: options.require ?? null,
    requireSandbox: options.requireSandbox ?? null,
    strict: options.strict === true,
  };
}

function selected({ stories, phase }: CheckOptions, prd: Prd): ReadonlySet<string> | null {
  if (stories === undefined && phase === undefined) return null;
  const named = stories === undefined ? null : new Set(stories.flatMap((text) => idsIn(text, prd)));
  const inPhase = phase === undefined ? null : storiesOf(phase, prd);
  const ids = prd.stories.map(({ id }) => id);
  return new Set(ids.filter((id) => (named?.has(id) ?? true) && (inPhase?.has(id) ?? true)));
}

/** `US-1,US-2`; an id may hold a comma itself. */
function idsIn(text: string, { stories }: Prd): readonly string[] {
  const known = stories.map(({ id }) => id);
  if (known.includes(text)) return [text];
  const ids = text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  const [unknown] = ids.length === 0 ? [text] : ids.filter((id) => !known.includes(id));
  if (unknown === undefined) return ids;
  throw new PrdError({ code: 'unknown-story', story: unknown, near: nearest(unknown, known), known: known.length });
}

function storiesOf(phase: string, { stories }: Prd): ReadonlySet<string> {
  const phases = [...new Set(stories.flatMap((story) => (story.phase === null ? [] : [String(story.phase)])))];
  if (!phases.includes(phase)) {
    const hint = phases.length === 0 ? 'no story names a phase' : `known: ${phases.join(', ')}`;
    throw new PrdError({ code: 'usage', what: `no story is in phase \`${phase}\``, command: 'check', hint });
  }
  return new Set(stories.filter((story) => String(story.phase) === phase).map(({ id }) => id));
}
