import { systemClock } from '../../host/clock.ts';
import { openCommands } from '../../host/command.ts';
import { nearest } from '../../prd/nearest.ts';
import { PrdError } from '../../problem.ts';
import { count } from '../../report/figures.ts';
import { tick } from '../../report/text.ts';
import { type CoachingFile, coachingPath, learn, maxNotes, noteId, notesOf, pin, remove } from '../../spec/coaching.ts';
import { scrubLesson } from '../../spec/lesson.ts';
import { openGit } from '../../workspace/git.ts';
import { findRepository } from '../../workspace/repository.ts';
import { coachDocument, coachText, troubleText } from '../coach-text.ts';
import { openCoaching } from '../coaching-file.ts';
import type { CoachOptions } from '../commands/coach.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';

/** Shows the notes, or edits them in the working tree. Exit 1 when an entry is broken or asks to be judged less. */
export async function runCoach(options: CoachOptions, context: Context): Promise<ExitCode> {
  const { root } = await findRepository(await openGit(openCommands(), context.env), context.cwd);
  const coaching = await openCoaching(root);
  const changed = edited(coaching.notes, options);
  if (changed !== coaching.notes) await coaching.write(changed);
  if (options.json === true) context.stdout.write(`${JSON.stringify(coachDocument(changed), null, 2)}\n`);
  else if (options.action === 'list') context.stdout.write(coachText(changed, context.stdout));
  else context.stdout.write(`${said(options, changed)}\n`);
  const troubles = troubleText(changed, context.stderr);
  if (troubles !== '' && context.flags.quiet !== true) context.stderr.write(troubles);
  return troubles === '' ? 0 : 1;
}

function edited(file: CoachingFile, { action, words, scope }: CoachOptions): CoachingFile {
  if (scope !== undefined && action !== 'add') throw usage('`--scope` is for `prd coach add`', 'prd coach --help');
  switch (action) {
    case 'list':
      if (words.length > 0) throw usage('`prd coach list` takes no more words', 'prd coach');
      return file;
    case 'add':
      return added(file, words.join(' '), scope ?? '**');
    case 'pin':
    case 'unpin':
      return knownIds(file, words, action).reduce((now, id) => pin(now, id, action === 'pin'), file);
    case 'remove':
      return knownIds(file, words, action).reduce(remove, file);
    default:
      return action satisfies never;
  }
}

/** What a person writes down stays until a person takes it out. */
function added(file: CoachingFile, words: string, scope: string): CoachingFile {
  const text = scrubLesson(words);
  const example = 'prd coach add "do X (not Y) when Z"';
  if (text === null) throw usage(`${tick(words)} cannot be taught: too short, or about being judged less`, example);
  const before = notesOf(file);
  const pinned = before.filter((note) => note.pinned);
  if (pinned.length >= maxNotes)
    throw usage(`all ${maxNotes} notes are pinned, so nothing can leave`, `prd coach unpin ${pinned[0]?.id ?? ''}`);
  const lastHit = systemClock.now().toISOString().slice(0, 10);
  const now = learn(file, [{ text, scope, story: null, lastHit }]);
  const known = before.find((note) => noteId(note.text) === noteId(text));
  return pin(now, known?.id ?? noteId(text), true);
}

function knownIds(file: CoachingFile, words: readonly string[], action: string): readonly string[] {
  const ids = notesOf(file).map(({ id }) => id);
  if (words.length === 0) throw usage(`name the notes to ${action} by their ids`, 'prd coach list');
  for (const word of words) {
    if (ids.includes(word)) continue;
    const near = nearest(word, ids);
    throw usage(`there is no note ${tick(word)}`, near === null ? 'prd coach list' : `prd coach ${action} ${near}`);
  }
  return words;
}

function said({ action, words }: CoachOptions, file: CoachingFile): string {
  const notes = count(notesOf(file).length, 'note');
  const what = { add: 'added', pin: 'pinned', unpin: 'unpinned', remove: 'removed', list: '' }[action];
  const which = action === 'add' ? 'the note' : words.join(', ');
  return `${what} ${which}; ${coachingPath} has ${notes}: commit it, so that the next run reads it`;
}

function usage(what: string, hint: string): PrdError {
  return new PrdError({ code: 'usage', what, command: 'coach', hint });
}
