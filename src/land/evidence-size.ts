import { posix } from 'node:path';
import type { Evidence, EvidenceSubject } from './evidence.ts';
import { type EvidenceInput, isPrds } from './evidence-body.ts';
import { folderDigest, selfDigest } from './evidence-digest.ts';

/** Bytes of an evidence file. */
export const evidenceLimit = 4_096;

type Files = Pick<EvidenceInput, 'allFiles' | 'prdPath'>;

/** Seals a statement and writes it within the limit: legible if it can be, else compact, else with folders for files. */
export function fitEvidence(statement: Evidence, files: Files): string {
  const legible = `${JSON.stringify(sealed(statement), null, 2)}\n`;
  if (Buffer.byteLength(legible) <= evidenceLimit) return legible;
  const steps = [
    same,
    foldedOnce,
    foldedOnce,
    foldedOnce,
    foldedToRoot,
    withShortLists,
    withShortChecks,
    withFewChecks,
  ];
  let smaller = statement;
  for (const step of steps) {
    smaller = step(smaller, files);
    if (Buffer.byteLength(compact(smaller)) <= evidenceLimit) break;
  }
  return compact(smaller);
}

function compact(statement: Evidence): string {
  return `${JSON.stringify(sealed(statement))}\n`;
}

function sealed(statement: Evidence): Evidence {
  return withBody(statement, { digest: selfDigest(statement) });
}

function withBody(statement: Evidence, fields: Partial<Evidence['predicate']['prd']>): Evidence {
  const { predicate } = statement;
  return { ...statement, predicate: { ...predicate, prd: { ...predicate.prd, ...fields } } };
}

function same(statement: Evidence): Evidence {
  return statement;
}

/** Binds the deepest folders instead of the files in them. Conservative: a folder holds files that the story left alone. */
function foldedOnce(statement: Evidence, files: Files): Evidence {
  const depth = Math.max(...statement.subject.map(({ name }) => depthOf(name)));
  const folders = statement.subject
    .filter(({ name }) => depthOf(name) === depth)
    .map(({ name }) => `${posix.dirname(name)}/`);
  return withFolders(statement, depth === 0 ? ['/'] : folders, files);
}

function foldedToRoot(statement: Evidence, files: Files): Evidence {
  return withFolders(statement, ['/'], files);
}

function depthOf(name: string): number {
  return name.replace(/\/$/, '').split('/').length - 1;
}

function withFolders(statement: Evidence, folders: readonly string[], { allFiles, prdPath }: Files): Evidence {
  const outermost = [...new Set(folders)];
  const rest = statement.subject.filter(({ name }) => !outermost.some((folder) => isBelow(name, folder)));
  const folded = outermost.map((name): EvidenceSubject => {
    const inside = [...allFiles].filter(([path]) => isBelow(path, name) && !isPrds(path, prdPath));
    return { name, digest: { sha256: folderDigest(inside) } };
  });
  return { ...statement, subject: [...rest, ...folded] };
}

/** Is a path below a folder subject, whose name ends with a slash? The root is `/`. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '/' || path.startsWith(folder);
}

function withShortLists(statement: Evidence): Evidence {
  const { policy, flags, attempts, regression, review } = statement.predicate.prd;
  return withBody(statement, {
    policy: { ...policy, owned: short(policy.owned), dropped: short(policy.dropped) },
    flags: flags.slice(0, 6).map(({ code, detail }) => ({ code, detail: detail.slice(0, 40) })),
    regression: { ...regression, stories: short(regression.stories) },
    attempts: attempts.slice(-3),
    review: review === null ? null : { criteria: review.criteria.slice(0, 8) },
  });
}

function short(items: readonly string[]): string[] {
  const shown = items.slice(0, 3).map((item) => item.slice(0, 60));
  return items.length > 3 ? [...shown, `and ${items.length - 3} more`] : shown;
}

/** What is left out of the list is still bound by `checksDigest`. */
function withShortChecks(statement: Evidence): Evidence {
  return withBody(statement, { checks: statement.predicate.prd.checks.map(({ id, weight }) => ({ id, weight })) });
}

function withFewChecks(statement: Evidence): Evidence {
  const { checks, acceptance } = statement.predicate.prd;
  const reason =
    acceptance === null ? null : { name: acceptance.name.slice(0, 100), reason: acceptance.reason.slice(0, 400) };
  // Proofs first: without them the strength would not follow from what is left.
  const byWeight = [...checks].sort((a, b) => Number(b.weight === 'proof') - Number(a.weight === 'proof'));
  return withBody(statement, { checks: byWeight.slice(0, 12), acceptance: reason });
}
