import { judgment } from '../judgment.ts';
import type { Confidence, Rule } from '../rule.ts';
import { closes, wordAt, wordSet } from '../text/look.ts';
import type { Passage } from '../text/passage.ts';
import type { Hit } from '../text/phrases.ts';

export const vagueQuality: Rule = {
  id: 'judgment/vague-quality',
  summary: 'an adjective of quality is the whole demand',
  reason: 'what is helpful, clean or meaningful is a matter of taste',
  bad: { criterion: 'The importer prints a helpful summary' },
  good: { criterion: 'The importer prints: rows read, rows skipped, first bad line' },
  severity: { delegate: 'error', orchestrator: 'info', unset: 'warning' },
  fix: 'hint',
  check: judgment({
    rule: 'vague-quality',
    pins: 'full',
    judge,
    message: (words) => `\`${words}\` is a matter of taste`,
    hint: 'quote the text or list the fields',
  }),
};

function judge(hit: Hit, view: Passage): Confidence | null {
  const { family, confidence } = hit.group;
  if (family === 'clear') return isQuality(hit, view) ? confidence : null;
  if (family === 'enough') return enough(hit, view);
  return confidence;
}

/** "relevant information", "basic validation": how much is left open. */
function enough(hit: Hit, view: Passage): Confidence {
  return leavesOpen(hit, view) ? hit.group.confidence : 'low';
}

function leavesOpen(hit: Hit, view: Passage): boolean {
  const next = wordAt(view, hit.to);
  if (hit.to - hit.from > 1) return true;
  if (wordAt(view, hit.from) === 'basic') return basics.has(next);
  if (usuals.has(wordAt(view, hit.from))) return locations.has(next);
  if (wordAt(view, hit.from) === 'key') return points.has(next);
  return loose.has(next) || loose.has(wordAt(view, hit.to + 1));
}

/**
 * "clear" is a quality after "is" and before what can be clear; else it is a verb or a state ("Clear cart", "clean
 * start").
 */
function isQuality(hit: Hit, view: Passage): boolean {
  const word = wordAt(view, hit.from);
  const next = wordAt(view, hit.to);
  if (objects.has(next)) return false;
  if (word === 'consistent') return next !== '' && next !== 'with';
  if (clearThings.has(next) || clearThings.has(wordAt(view, hit.to + 1))) return true;
  if (reach.has(next)) return true;
  if (word === 'clear' && givers.has(wordAt(view, hit.from - 1)) && next !== '' && !controls.has(next)) return true;
  return copulas.has(wordAt(view, hit.from - 1)) && (closes(view, hit.to) || next === 'and' || next === 'to');
}

const usuals = wordSet('standard usual');
const locations = wordSet('location locations place places directories folders paths conventions practice practices');
const points = wordSet('info information details points aspects findings insights areas concepts features');
const basics = wordSet(
  'error validation styling style styles test tests functionality features layout responsiveness accessibility security',
);
const loose = wordSet(
  'information info data details detail context content documentation docs files fields errors error message messages logs logging results links metadata permissions dependencies changes imports code tests references comments config configuration documents output report reports explanation description instructions feedback sections modules pages places',
);
const objects = wordSet('up of the a an all its any this that');
const reach = wordSet('across between throughout');
/** "with clear separators" asks for a quality; "a clear button" is a button. */
const givers = wordSet('with a an has have include includes provide provides show shows give gives in');
const controls = wordSet(
  'button buttons icon icons action option link filter filters all search cache data background type types',
);
const copulas = wordSet('is are be remain remains stay stays look looks and');
const clearThings =
  wordSet(`report reports output outputs logs recommendation recommendations state states message messages error errors feedback label labels labeling instruction instructions distinction hierarchy documentation docs
  description descriptions explanation explanations indication indicator indicators separation naming names navigation guidance copy headings heading headers structure
  status summary wording language text visual path call cta ctas action actions ownership boundaries boundary reason reasons warning warnings diff diffs progress
  design look layout ui interface appearance code architecture api apis styling style styles spacing formatting experience behavior behaviour branding theme typography
  terminology tone format padding alignment focus hover`);
