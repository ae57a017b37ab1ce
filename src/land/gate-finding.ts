import type { Strength } from '../verify/verdict.ts';

/** What the gate found, with its facts. Words, severity and exit code are in `gateRules`. */
export type GateFinding =
  | { readonly code: 'no-evidence'; readonly story: string }
  | { readonly code: 'evidence-mismatch'; readonly story: string; readonly path: string; readonly why: string }
  | { readonly code: 'stale-story'; readonly story: string; readonly path: string; readonly what: 'text' | 'checks' }
  | { readonly code: 'stale-files'; readonly story: string; readonly files: readonly string[] }
  | {
      readonly code: 'weaker-than-required';
      readonly story: string;
      readonly found: Strength;
      readonly required: Strength;
    }
  | { readonly code: 'sandbox-too-weak'; readonly story: string; readonly found: string; readonly required: string }
  | { readonly code: 'not-green'; readonly story: string; readonly run: string; readonly why: string }
  | { readonly code: 'not-passing'; readonly story: string }
  | {
      readonly code: 'too-few';
      readonly story: null;
      readonly passing: number;
      readonly total: number;
      readonly percent: number;
    }
  | { readonly code: 'story-removed'; readonly story: string; readonly passed: boolean }
  | { readonly code: 'check-weakened'; readonly story: string; readonly runs: readonly string[] };

export type GateCode = GateFinding['code'];

interface GateRule<F extends GateFinding> {
  readonly severity: 'error' | 'warning';
  /** Exit code of an error; a warning exits 0, and 1 with `--strict`. */
  readonly exit: 1 | 6 | 7;
  /** What the finding means, for lists of rules. */
  readonly means: string;
  say(finding: F): string;
  /** How to get back to green. */
  hint(finding: F): string;
}

/** The one table of the gate's findings. */
export const gateRules: { readonly [C in GateCode]: GateRule<Extract<GateFinding, { code: C }>> } = {
  'no-evidence': {
    severity: 'error',
    exit: 1,
    means: 'a story says that it passes, and nothing shows it',
    say: ({ story }) => `story \`${story}\` says it passes, but nothing shows it`,
    hint: ({ story }) =>
      `give your word for it: \`prd accept ${story} --reason "<why>"\`; or set it back to false and run \`prd run ${story}\``,
  },
  'evidence-mismatch': {
    severity: 'error',
    exit: 7,
    means: 'evidence belongs to another story, text or check, or was edited',
    say: ({ story, path, why }) => `the evidence of \`${story}\` does not hold: ${why} (\`${path}\`)`,
    hint: ({ story, path }) =>
      `restore the file from the commit that landed it (\`git log -- ${path}\`), or set \`${story}\` back to false and run \`prd run ${story}\``,
  },
  'stale-story': {
    severity: 'error',
    exit: 1,
    means: 'the text or the checks of a story changed since it passed',
    say: ({ story, what }) => `the ${what === 'text' ? 'text' : 'checks'} of \`${story}\` changed since it passed`,
    hint: ({ story }) =>
      `set it back to false and run \`prd run ${story}\`, or give your word: \`prd accept ${story} --reason "<why>"\``,
  },
  'stale-files': {
    severity: 'warning',
    exit: 1,
    means: 'a file that a pass is bound to changed since',
    say: ({ story, files }) => `${shown(files)} changed since \`${story}\` was proven`,
    hint: ({ story }) => `\`prd check --reverify --stories ${story}\`: green there, it holds as the files are now`,
  },
  'weaker-than-required': {
    severity: 'error',
    exit: 1,
    means: 'a pass is worth less than `--require` asks for',
    say: ({ story, found, required }) => `story \`${story}\` is ${found}; \`--require ${required}\` asks for more`,
    hint: ({ story }) =>
      `give \`${story}\` a check that is red before the work, set it back to false and run \`prd run ${story}\``,
  },
  'sandbox-too-weak': {
    severity: 'error',
    exit: 1,
    means: 'a pass was proven in a weaker sandbox than required',
    say: ({ story, found, required }) =>
      `story \`${story}\` was proven at sandbox level ${found}; ${required} is required`,
    hint: ({ story }) => `prove \`${story}\` again on a machine with that sandbox (\`prd doctor\` shows it)`,
  },
  'not-green': {
    severity: 'error',
    exit: 1,
    means: 'a check of a passing story is not green any more',
    say: ({ story, why }) => `story \`${story}\` says it passes, but ${why}`,
    hint: () => '`prd run` sets it back to false and names who broke it; once more builds it again',
  },
  'not-passing': {
    severity: 'error',
    exit: 1,
    means: 'a story is open although all must pass',
    say: ({ story }) => `story \`${story}\` does not pass yet`,
    hint: ({ story }) => `\`prd run ${story}\``,
  },
  'too-few': {
    severity: 'error',
    exit: 1,
    means: 'fewer stories pass than `--min` asks for',
    say: ({ passing, total, percent }) =>
      `${passing} of ${total} stories pass; \`--min ${percent}\` asks for ${percent} %`,
    hint: () => '`prd run`',
  },
  'story-removed': {
    severity: 'error',
    exit: 6,
    means: 'a story of the base is gone',
    say: ({ story, passed }) => `story \`${story}\` is gone${passed ? ' although it passed' : ' and never passed'}`,
    hint: () => 'put it back, or let somebody who may override this gate merge it',
  },
  'check-weakened': {
    severity: 'error',
    exit: 6,
    means: 'a story asks for less than it did at the base',
    say: ({ story, runs }) => `story \`${story}\` no longer asks for ${shown(runs)}`,
    hint: () => 'put the check back, or let somebody who may override this gate merge it',
  },
};

/** Words, severity and exit code of a finding. */
export function sayFinding(finding: GateFinding): {
  readonly severity: 'error' | 'warning';
  readonly exit: 1 | 6 | 7;
  readonly message: string;
  readonly hint: string;
} {
  // Each row takes the finding of its own code: the table's type says so, the look-up cannot.
  const rule = gateRules[finding.code] as GateRule<GateFinding>;
  return { severity: rule.severity, exit: rule.exit, message: rule.say(finding), hint: rule.hint(finding) };
}

function shown(items: readonly string[]): string {
  const some = items
    .slice(0, 3)
    .map((item) => `\`${item}\``)
    .join(', ');
  return items.length > 3 ? `${some} and ${items.length - 3} more` : some;
}
