import { maxNoteLength } from './coaching.ts';

/** Words with which text out of a repository tries to be judged less, instead of teaching something. */
const weakening = [
  /\b(?:skip|disable|bypass|ignore|turn off|remove|delete|weaken|comment out)\b[^.]{0,40}\b(?:tests?|checks?|verif\w*|lint\w*|assert\w*|review\w*|hooks?)\b/i,
  /\b(?:approve|accept|pass)\b[^.]{0,30}\b(?:without|regardless|always|anyway|everything)\b/i,
  /\b(?:ignore|disregard|forget)\b[^.]{0,30}\b(?:instructions?|rules?|prompts?|above|previous)\b/i,
  /--no-verify|\|\| ?true|passes"?\s*:\s*true/i,
];
const permissions = /\b(?:permissions?|sudo|chmod|sandbox|credentials?|api keys?|tokens?)\b/i;
const secretLike =
  /\b(?:sk-[\w-]{8,80}|gh[pousr]_\w{16,80}|AKIA[A-Z0-9]{12,20}|xox[abp]-[\w-]{8,80}|[A-Za-z0-9+/_-]{40,200})\b/g;
const urlWithQuery = /\b(https?:\/\/[^\s?#]{1,200})[?#]\S{0,500}/g;
const absolutePath =
  /(^|[\s`'"(])(?:\/(?:home|Users|root|tmp|var|etc|opt|mnt|srv|private)\/[^\s`'")]{0,200}|[A-Za-z]:\\[^\s`'")]{0,200})/g;

/**
 * What may be kept of a lesson that a review or a diagnosis suggests: one line, at most 240 characters, without absolute
 * paths, URL queries or secret-like text. Null when it would change permissions, skip verification or switch off checks:
 * the text a reviewer reads comes from the repository and may carry instructions.
 */
export function scrubLesson(text: string): string | null {
  const line = text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/<!--|-->/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length < 12 || permissions.test(line) || weakensJudgment(line)) return null;
  const clean = line.replace(secretLike, '[removed]').replace(urlWithQuery, '$1').replace(absolutePath, '$1[path]');
  return cut(clean);
}

/** Does the text ask for tests, checks or rules to be left out or loosened? */
export function weakensJudgment(text: string): boolean {
  return weakening.some((pattern) => pattern.test(text));
}

function cut(text: string): string {
  if (text.length <= maxNoteLength) return text;
  const short = text.slice(0, maxNoteLength - 1);
  return `${short.slice(0, Math.max(short.lastIndexOf(' '), maxNoteLength / 2))}…`;
}
