import type { VaultFolder } from './vault-folder.ts';

/** Answers about objects, which never change: whoever asks again hears the same without another git process. */
export interface ObjectMemory<T> {
  /** Asks once for each key; a failure is not remembered. */
  of(vault: VaultFolder, key: string, ask: () => Promise<T>): Promise<T>;
  /** What is known already. */
  known(vault: VaultFolder, key: string): Promise<T> | null;
}

/** Keeps the answers that were asked for last, up to `most` per repository. */
export function objectMemory<T>(most: number): ObjectMemory<T> {
  const perGit = new WeakMap<VaultFolder['git'], Map<string, Promise<T>>>();
  const answersOf = ({ git }: VaultFolder): Map<string, Promise<T>> => {
    const answers = perGit.get(git) ?? new Map<string, Promise<T>>();
    perGit.set(git, answers);
    return answers;
  };
  const known = (vault: VaultFolder, key: string): Promise<T> | null => {
    const answers = answersOf(vault);
    const name = nameOf(vault, key);
    const answer = answers.get(name);
    if (answer === undefined) return null;
    answers.delete(name);
    answers.set(name, answer);
    return answer;
  };
  return {
    known,
    of: (vault, key, ask) => known(vault, key) ?? remember(answersOf(vault), nameOf(vault, key), ask(), most),
  };
}

function nameOf({ dir }: VaultFolder, key: string): string {
  return `${dir}\0${key}`;
}

function remember<T>(answers: Map<string, Promise<T>>, name: string, answer: Promise<T>, most: number): Promise<T> {
  answers.set(name, answer);
  answer.catch(() => answers.delete(name));
  for (const oldest of answers.keys()) {
    if (answers.size <= most) break;
    answers.delete(oldest);
  }
  return answer;
}
