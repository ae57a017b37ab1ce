import { createHash } from 'node:crypto';
import { isAbsolute, join } from 'node:path';

export interface StatePaths {
  /** Vaults, journals, approvals, full logs. */
  readonly stateHome: string;
  /** Workspaces, verify trees, setups that can be made again. */
  readonly cacheHome: string;
  readonly configFile: string;
}

/** The folders of `prd` by the XDG base directory rules: relative values are ignored, as the rules demand. */
export function statePaths(env: NodeJS.ProcessEnv, home: string): StatePaths {
  const base = (name: string, fallback: string) => {
    const value = env[name];
    return join(value !== undefined && isAbsolute(value) ? value : join(home, fallback), 'prd');
  };
  return {
    stateHome: base('XDG_STATE_HOME', '.local/state'),
    cacheHome: base('XDG_CACHE_HOME', '.cache'),
    configFile: join(base('XDG_CONFIG_HOME', '.config'), 'config.json'),
  };
}

const maxSlugChars = 40;

/**
 * A name that is safe as a file name on every system and inside a git ref: at most 40 letters, digits and dashes, then
 * 8 hex digits of the hash of the text, so that different texts get different names also where case does not count.
 */
export function slug(text: string): string {
  const words =
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const readable = words.join('-').slice(0, maxSlugChars).replace(/-$/, '');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return readable === '' ? hash : `${readable}-${hash}`;
}
