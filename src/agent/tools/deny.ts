/**
 * Commands that an agent has no business with. A guard rail against habits, NOT a security boundary: a string can always
 * be written another way. What holds is the sandbox, the disposable clone and the snapshot.
 */
export function denied(command: string): string | null {
  for (const words of simpleCommands(command)) {
    const rule = rules.find(({ applies }) => applies(words));
    if (rule) return rule.say;
  }
  return null;
}

interface Rule {
  readonly applies: (words: readonly string[]) => boolean;
  readonly say: string;
}

const gitVerbs = new Set(['commit', 'push', 'stash', 'clean', 'rebase']);
const publishers = new Set(['npm', 'pnpm', 'yarn', 'bun', 'cargo', 'poetry', 'uv', 'dart', 'flutter']);

const rules: readonly Rule[] = [
  {
    applies: (words) => changesHistory(gitWords(words)),
    say: 'prd keeps the history: do not commit, push, stash, clean, rebase or reset; undo with `edit` or `write`',
  },
  {
    applies: publishes,
    say: 'nothing is published from here',
  },
  {
    applies: ([program]) => program === 'sudo' || program === 'doas',
    say: 'there is no other user here; run it without sudo',
  },
  {
    applies: ([program, ...rest]) => program === 'rm' && rest.some(isRecursive) && rest.some(isRootLike),
    say: 'that would remove far more than this story; name the files',
  },
  { applies: (words) => words.some(isOwnState), say: '`.prd/` is kept by prd; go on without it' },
];

function publishes([program = '', ...rest]: readonly string[]): boolean {
  const verbs = rest
    .filter((word) => !word.startsWith('-'))
    .slice(0, 2)
    .join(' ');
  if (program === 'gem' || program === 'twine') return /^(?:push|upload)\b/.test(verbs);
  return publishers.has(program) && /^(?:(?:npm|pub) )?publish\b/.test(verbs);
}

function gitWords([program, ...rest]: readonly string[]): readonly string[] {
  if (program !== 'git') return [];
  const verb = rest.findIndex((word, index) => !word.startsWith('-') && !['-C', '-c'].includes(rest[index - 1] ?? ''));
  return verb < 0 ? [] : rest.slice(verb);
}

function changesHistory([verb = '', ...rest]: readonly string[]): boolean {
  if (gitVerbs.has(verb)) return true;
  if (verb === 'reset') return rest.includes('--hard');
  return verb === 'checkout' && rest.some((word) => word === '.' || word === './');
}

function isRecursive(word: string): boolean {
  return word === '--recursive' || /^-[a-zA-Z]*[rR]/.test(word);
}

function isRootLike(word: string): boolean {
  return /^(?:\/[^/]*\/?\*?|~\/?\*?|\$\{?HOME\}?\/?\*?|\.\.?\/?|\.\.\/\*|\.git\/?)$/.test(word);
}

function isOwnState(word: string): boolean {
  return /(?:^|[/=])\.prd(?:\/|$)/.test(word);
}

const wrappers = new Set(['command', 'exec', 'time', 'nohup', 'env', 'then', 'do', 'else', '!', '{', '(']);

/** The simple commands of a line as words: quotes removed, settings and wrappers before the program left out. */
function simpleCommands(command: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  for (const [token, separator] of command.matchAll(tokens)) {
    if (separator !== undefined) commands.push([]);
    else if (token.trim() !== '') commands.at(-1)?.push(token.replace(/["'\\]/g, ''));
  }
  return commands.map(withoutPrefix).filter((words) => words.length > 0);
}

// A separator, or a word with its quoted parts.
const tokens = /([;&|\n()]+)|(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s;&|()"'\\])+|["']/gs;

function withoutPrefix(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !wrappers.has(word) && !/^\w+=/.test(word));
  return first < 0 ? [] : words.slice(first);
}
