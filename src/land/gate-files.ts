import type { Oid } from '../workspace/workspace.ts';
import type { Evidence } from './evidence.ts';
import { isPrds } from './evidence-body.ts';
import { folderDigest } from './evidence-digest.ts';
import { isBelow } from './evidence-size.ts';
import type { GateFinding } from './gate-finding.ts';

/** What HEAD holds: blob of every tracked path. */
export interface HeadFiles {
  readonly blobs: ReadonlyMap<string, Oid>;
  readonly prdPath: string;
}

/** Files whose blob at HEAD is not the one that the latest evidence covering them saw. One finding per story. */
export function staleFiles(evidence: readonly Evidence[], head: HeadFiles): readonly GateFinding[] {
  const stale = new Map<string, string[]>();
  for (const [name, covering] of latestBySubject(evidence)) {
    const [first] = covering;
    if (first === undefined || covering.some((each) => holds(each, name, head)) || coveredSince(name, first, evidence))
      continue;
    const { id } = first.predicate.prd.story;
    stale.set(id, [...(stale.get(id) ?? []), name]);
  }
  return [...stale].map(([story, files]) => ({ code: 'stale-files', story, files }));
}

/** Evidence that saw a subject last. Several may: stories that landed together carry one time. */
function latestBySubject(evidence: readonly Evidence[]): ReadonlyMap<string, readonly Evidence[]> {
  const latest = new Map<string, Evidence[]>();
  for (const each of evidence) {
    for (const { name } of each.subject.filter((subject) => !subject.name.includes('#'))) {
      const known = latest.get(name);
      const newer = known?.[0] === undefined ? 1 : landedAt(each).localeCompare(landedAt(known[0]));
      if (newer > 0) latest.set(name, [each]);
      else if (newer === 0) known?.push(each);
    }
  }
  return latest;
}

function landedAt({ predicate }: Evidence): string {
  return predicate.prd.finishedAt;
}

function holds(evidence: Evidence, name: string, head: HeadFiles): boolean {
  const digest = evidence.subject.find((subject) => subject.name === name)?.digest;
  if (digest === undefined) return false;
  if ('gitBlob' in digest) return head.blobs.get(name) === digest.gitBlob;
  const inside = [...head.blobs].filter(([path]) => isBelow(path, name) && !isPrds(path, head.prdPath));
  return folderDigest(inside) === digest.sha256;
}

/** A folder that changed because a later story landed in it is not stale: that story's evidence covers what it did. */
function coveredSince(name: string, older: Evidence, evidence: readonly Evidence[]): boolean {
  if (!name.endsWith('/')) return false;
  const later = evidence.filter((each) => landedAt(each) > landedAt(older));
  return later.some(({ subject }) => subject.some((file) => isBelow(file.name, name)));
}
