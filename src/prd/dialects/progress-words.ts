/** How a word of progress is read. `almost` sounds done and is not. */
export type Progress = 'done' | 'open' | 'almost' | 'on-hold' | 'unknown';

const words: Readonly<Record<string, Progress>> = {
  ...all('done', 'done complete completed passes passed pass'),
  ...all(
    'open',
    'pending open todo backlog notstarted new planned due active inprogress started wip partial failed failing blocked',
  ),
  ...all(
    'almost',
    'ready implemented coded merged review inreview testing qa approved accepted verified almostdone mostlycomplete done?',
  ),
  ...all('on-hold', 'deferred cancelled canceled skipped wontfix onhold obsolete duplicate superseded'),
};

/** Words for "open" that say nothing else, so that they may be written back. */
export const neutralOpenWords: ReadonlySet<string> = new Set(
  'pending open todo backlog notstarted new planned due'.split(' '),
);

/** Reads a word of progress. `closed` is done only where an issue tracker wrote it. Unknown words are never done. */
export function readProgress(word: string, fromTracker: boolean): Progress {
  const plain = plainWord(word);
  if (plain === 'closed' && fromTracker) return 'done';
  if (/%|\p{Extended_Pictographic}|\[x\]/u.test(plain)) return 'almost';
  return Object.hasOwn(words, plain) ? (words[plain] ?? 'unknown') : 'unknown';
}

/** Lower case, without `_`, `-`, spaces and the apostrophe of "won't fix". */
export function plainWord(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/[\s_'\u2019-]/g, '');
}

function all(progress: Progress, list: string): Record<string, Progress> {
  return Object.fromEntries(list.split(' ').map((word) => [word, progress]));
}
