import { judgment } from '../judgment.ts';
import { effectParticiples, finiteVerbs } from '../lexicon/verbs.ts';
import type { Confidence, Rule } from '../rule.ts';
import { wordAt, wordSet } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import type { Hit } from '../text/phrases.ts';
import type { Token } from '../text/token.ts';

export const manualCheck: Rule = {
  id: 'judgment/manual-check',
  summary: 'verify in a browser, by hand or by screenshot, with nothing to look for',
  reason: 'looking is no result',
  bad: { criterion: 'Verify in browser' },
  good: { criterion: 'Verify in browser: the badge is red when priority is `high`' },
  severity: { delegate: 'warning', orchestrator: 'info', unset: 'info' },
  fix: 'hint',
  check: judgment({
    rule: 'manual-check',
    pins: 'none',
    judge,
    message: (words) => `\`${words}\` names nothing to look for`,
    hint: 'name what must be seen',
  }),
};

function judge({ group }: Hit, view: Passage): Confidence | null {
  if (group.family === 'place' && !looks.has(wordAt(view, 0))) return null;
  const words = remainder(view);
  if (words > 3) return null;
  return words > 1 ? 'medium' : 'high';
}

/** How many words are left that could name something to look for; many as soon as something concrete is there. */
function remainder(view: Passage): number {
  let left = 0;
  for (let at = 0; at < view.tokens.length; at += 1) {
    if (insideHit(at, view)) continue;
    const token = view.tokens[at] as Token;
    if (token.kind === 'word') left += observed(token.lower);
    else if (token.kind !== 'mark' && token.kind !== 'url' && token.kind !== 'path') return 9;
  }
  return left;
}

function insideHit(at: number, view: Passage): boolean {
  return (view.hits.get('manual-check') ?? []).some(({ from, to }) => at >= from && at < to);
}

function observed(word: string): number {
  if (telling.has(word) || finiteVerbs.has(word) || effectParticiples.has(word)) return 9;
  return empty.has(word) || word.endsWith('ly') ? 0 : 1;
}

const looks = wordSet('verify check test confirm validate inspect view manually visually');
const telling = wordSet('that is are has have no not renders appears can');
const empty =
  wordSet(`the a an in on at with using via and of to for it this all verify verified check checked test tested testing confirm browser browsers skill
  dev-browser page pages ui changes change screenshot screenshots visually manually work works working desktop mobile device devices simulator emulator localhost playwright
  open navigate visit go through compare try run
  chrome safari firefox mcp agent-browser result results tool tools both light dark mode modes view if after before required`);
