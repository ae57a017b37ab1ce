/**
 * True for a variable that no child gets, even if the user listed it: it changes what programs execute, reaches
 * another account, or belongs to `prd`.
 */
export function neverPassed(name: string, value: string): boolean {
  const upper = name.toUpperCase();
  if (names.has(upper) || prefixes.some((prefix) => upper.startsWith(prefix))) return true;
  return upper.endsWith('_PROXY') && hasCredentials(value);
}

const names: ReadonlySet<string> = new Set([
  // code that runs in every shell or interpreter
  'BASH_ENV',
  'BASHOPTS',
  'CDPATH',
  'ENV',
  'IFS',
  'JAVA_TOOL_OPTIONS',
  'JDK_JAVA_OPTIONS',
  'NODE_OPTIONS',
  'NODE_PATH',
  'PERL5LIB',
  'PERL5OPT',
  'PROMPT_COMMAND',
  'PS4',
  'PYTHONHOME',
  'PYTHONPATH',
  'PYTHONSTARTUP',
  'RUBYLIB',
  'RUBYOPT',
  'SHELLOPTS',
  'ZDOTDIR',
  '_JAVA_OPTIONS',
  // ways to other machines and accounts
  'DBUS_SESSION_BUS_ADDRESS',
  'DOCKER_HOST',
  'GITHUB_ENV',
  'GITHUB_OUTPUT',
  'GITHUB_PATH',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
  'GITHUB_TOKEN',
  'GH_TOKEN',
  'GPG_AGENT_INFO',
  'SSH_AGENT_PID',
  'SSH_AUTH_SOCK',
  // what this module decides
  'HOME',
  'PATH',
  'TMPDIR',
]);

const prefixes = [
  'ACTIONS_',
  'ANTHROPIC_',
  'BASH_FUNC_',
  'CLAUDE_',
  'DYLD_',
  'GIT_',
  'LD_',
  'NPM_CONFIG_',
  'PRD_',
] as const;

function hasCredentials(proxy: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/]*@/i.test(proxy);
}
