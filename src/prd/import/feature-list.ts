import { type ImportedStory, type PlanOptions, planOf, type ReadPlan } from './imported.ts';
import { firstSentence, type Item, isItem, itemsOf, listIn, readJsonPlan, textAt, textsAt } from './json-plan.ts';

/** Reads feature_list.json: features with steps, of which those that observe something are criteria. */
export function readFeatureList(text: string, file: string, _options: PlanOptions): ReadPlan {
  const read = readJsonPlan(text, file);
  if (read.kind === 'refused') return read;
  const { value, wrong } = read;
  const { list, path } = listIn(value, ['features']);
  const items = itemsOf(list, path, wrong);
  if ('code' in items) return { kind: 'refused', problems: [items] };
  return planOf(items.map(toStory), { notes: isItem(value) ? textsAt(value, 'rules').join('\n') : '' });
}

function toStory(item: Item, index: number): ImportedStory {
  const description = textAt(item, 'description') || textAt(item, 'name') || textAt(item, 'title');
  const category = textAt(item, 'category');
  return {
    id: textAt(item, 'id') || `F-${String(index + 1).padStart(3, '0')}`,
    title: textAt(item, 'title') || firstSentence(description) || `Feature ${index + 1}`,
    description,
    criteria: criteriaOf(textsAt(item, 'steps'), description),
    notes: category === '' ? '' : `Category: ${category}`,
    state: item.passes === true ? 'done' : 'open',
  };
}

/** A step that observes is a criterion; the steps before it say how to get there. */
function criteriaOf(steps: readonly string[], description: string): readonly string[] {
  const criteria: string[] = [];
  let before: string[] = [];
  for (const step of steps) {
    if (observes(step)) {
      criteria.push(before.length === 0 ? step : `${step} (after: ${before.join('; ')})`);
      before = [];
    } else before.push(step);
  }
  return criteria.length === 0 && description !== '' ? [description] : criteria;
}

function observes(step: string): boolean {
  return /^(?:step \d{1,3}[:.] ?)?(?:verify|check|confirm|expect|ensure|assert|see|observe)\b|\bshould\b/i.test(step);
}
