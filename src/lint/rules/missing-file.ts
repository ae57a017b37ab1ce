import { nearest } from '../../prd/nearest.ts';
import type { Edit, Rule, Spot } from '../rule.ts';
import { nothing } from '../rule.ts';
import { hasWord, wordSet } from '../text/look.ts';
import { filesIn } from '../text/mentions.ts';
import { clauseAt } from '../text/passage.ts';
import type { CriterionView, RepoFacts } from '../view.ts';

export const missingFile: Rule = {
  id: 'context/missing-file',
  summary: 'a path to change that is neither in the tree nor made by an earlier story (with --repo)',
  reason: 'the delegate would make a twin, or stop',
  bad: { criterion: 'Edit src/crat.ts so that `total()` rounds', repo: { paths: new Set(['src/cart.ts']) } },
  good: { criterion: 'Create src/rate.ts with `rate()`', repo: { paths: new Set(['src/cart.ts']) } },
  severity: { delegate: 'warning', orchestrator: 'info', unset: 'info' },
  fix: 'unsafe',
  check: { on: 'criterion', find },
};

function find(view: CriterionView): readonly Spot[] {
  const { repo } = view.of.within;
  if (repo === null || repo.paths.size === 0 || view.criterion.reading.kind !== 'prose') return nothing;
  const path = filesIn(view.passage).find((one) => isChanged(one, view) && !exists(one, repo) && !isMade(one, view));
  if (path === undefined) return nothing;
  const near = nearest(path, repo.paths);
  return [
    {
      confidence: 'high',
      message: `\`${path}\` does not exist`,
      hint: near === null ? 'correct the path, or say that it is new' : `did you mean \`${near}\`?`,
      matches: [{ offset: view.criterion.text.indexOf(path), length: path.length }],
      edits: corrected(view, path, near),
    },
  ];
}

/** A verb of change stands before it in its clause. */
function isChanged(path: string, { passage, criterion }: CriterionView): boolean {
  const offset = criterion.text.indexOf(path);
  const at = passage.tokens.findIndex(({ end }) => end > offset);
  if (at < 0 || /[*{<[]/.test(path)) return false;
  return hasWord(passage, clauseAt(passage, at).from, at, changes);
}

/** Exact, or the end of a longer path: people leave the first folders out. */
function exists(path: string, { paths }: RepoFacts): boolean {
  if (paths.has(path)) return true;
  for (const known of paths) {
    if (known.endsWith(`/${path}`)) return true;
  }
  return false;
}

/** Made here or by an earlier story. */
function isMade(path: string, { of }: CriterionView): boolean {
  return (of.within.made.get(path) ?? Number.POSITIVE_INFINITY) <= of.story.index;
}

function corrected({ criterion }: CriterionView, path: string, near: string | null): readonly Edit[] {
  if (near === null) return [];
  return [{ kind: 'set', path: criterion.path, value: criterion.text.replace(path, () => near) }];
}

const changes = wordSet(
  'edit update modify change remove delete fix rename refactor move extend rewrite extract adjust migrate',
);
