import { flagKeys, isFromTracker } from '../dialects/claim.ts';
import { type Members, textOf } from '../dialects/members.ts';
import { neutralOpenWords, plainWord, readProgress } from '../dialects/progress-words.ts';
import type { JsonPath } from '../prd.ts';
import type { DocumentEdit } from './document-edit.ts';

/** How this file says done and open. */
export interface ProgressWords {
  readonly done: string;
  readonly open: string;
}

/** The file's own words, the most frequent first; `done` and `pending` where it has none. */
export function progressWords(stories: readonly Members[]): ProgressWords {
  const words = stories.flatMap((members) => textOf(members.get('status')?.value) ?? []);
  return {
    done: mostFrequent(words.filter((word) => readProgress(word, false) === 'done')) ?? 'done',
    open: mostFrequent(words.filter((word) => neutralOpenWords.has(plainWord(word)))) ?? 'pending',
  };
}

/**
 * What has to change so that a story says `passes`, in the fields it already has. All of them, so that our write never creates
 * a contradiction. Nothing else: no dates, notes or counters.
 */
export function progressEdits(
  members: Members,
  path: JsonPath,
  passes: boolean,
  words: ProgressWords,
): readonly DocumentEdit[] {
  const flags = [...flagKeys, ...gateKeys(members)].flatMap((key) => {
    const member = members.get(key);
    return member?.value.type === 'boolean' ? [member] : [];
  });
  const status = members.get('status');
  const word = textOf(status?.value);
  const edits: DocumentEdit[] = flags
    .filter((member) => member.value.value !== passes)
    .map((member) => ({ kind: 'set', path: [...path, member.key], value: passes }));
  if (status !== undefined && word !== null && (readProgress(word, isFromTracker(members)) === 'done') !== passes) {
    edits.push({ kind: 'set', path: [...path, status.key], value: passes ? words.done : words.open });
  }
  const isSilent = flags.length === 0 && word === null;
  return isSilent && passes ? [{ kind: 'set', path: [...path, 'passes'], value: true }] : edits;
}

function gateKeys(members: Members): readonly string[] {
  return members.has('buildpass') && members.has('qapass') ? ['buildpass', 'qapass'] : [];
}

function mostFrequent(words: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
