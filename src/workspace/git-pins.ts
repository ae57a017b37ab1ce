import type { Identity } from './workspace.ts';

/** Options before every git command: nothing that a repository can configure starts a program. */
export function gitPins(config: 'none' | 'user', more: readonly string[]): string[] {
  const pins = config === 'user' ? always : [...always, ...withoutUser];
  return ['--literal-pathspecs', ...[...pins, ...more].flatMap((pin) => ['-c', pin])];
}

const always = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.quotePath=false',
  'core.splitIndex=false',
  'core.untrackedCache=false',
  // Index files are private copies; the one that becomes the user's asks for more.
  'core.fsync=committed,reference',
  'safe.bareRepository=explicit',
  'submodule.recurse=false',
  'gpg.program=false',
  'log.showSignature=false',
  'commit.gpgSign=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'protocol.allow=never',
];

// Do not pin `diff.external=` to empty: git 2.39 then dies. Diffs say `--no-ext-diff --no-textconv` instead.
const withoutUser = [
  'core.attributesFile=/dev/null',
  'core.excludesFile=/dev/null',
  'core.alternateRefsCommand=true',
  'credential.helper=',
];

const base = {
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_PAGER: 'cat',
};

/** Who commits what no person has asked for. */
export const ourselves: Identity = { name: 'prd', email: 'prd@localhost' };

/** The whole environment of a git call. git localises messages and we match on some, hence `LC_ALL`. */
export function gitEnvironment(
  config: 'none' | 'user',
  parent: NodeJS.ProcessEnv,
  identity: Identity = ourselves,
): Record<string, string> {
  if (config === 'user') return { ...base, ...userPlaces(parent) };
  return {
    ...base,
    ...nobody,
    GIT_AUTHOR_NAME: identity.name,
    GIT_AUTHOR_EMAIL: identity.email,
    GIT_COMMITTER_NAME: identity.name,
    GIT_COMMITTER_EMAIL: identity.email,
  };
}

const nobody = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_ATTR_NOSYSTEM: '1' };

/** Who the user is, and where the user's own configuration and filters (`git-lfs`) are found. */
const userVariables = [
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'HOME',
  'XDG_CONFIG_HOME',
  'PATH',
  'SUDO_UID',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
];

function userPlaces(parent: NodeJS.ProcessEnv): Record<string, string> {
  const given = userVariables.map((name) => [name, parent[name]] as const);
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
