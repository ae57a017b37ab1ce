export type Env = Readonly<Record<string, string | undefined>>;

interface Stream {
  readonly isTTY: boolean;
  readonly columns: number;
}

/** Colour of one stream: flag › `NO_COLOR` › `FORCE_COLOR` › `TERM=dumb` › terminal. */
export function hasColor(flag: boolean | undefined, env: Env, stream: Pick<Stream, 'isTTY'>): boolean {
  if (flag !== undefined) return flag;
  if (env.NO_COLOR) return false;
  const forced = env.FORCE_COLOR;
  if (forced) return forced !== '0' && forced !== 'false';
  return env.TERM !== 'dumb' && stream.isTTY;
}

/** Whether a stream may be drawn on while a run goes on; everywhere else a run prints one line per event. */
export function animates(quiet: boolean, env: Env, stream: Stream): boolean {
  if (quiet || env.PRD_NO_PROGRESS || env.CI || env.TERM === 'dumb') return false;
  return stream.isTTY && stream.columns > 0;
}

/**
 * Whether a stream takes more than ASCII: all but the Linux console, the old Windows one and a terminal whose locale says
 * that it does not. No locale at all is common in containers and says nothing; a file takes any bytes.
 */
export function hasUnicode(env: Env, platform: string, isTTY: boolean): boolean {
  if (platform === 'win32') return Boolean(env.WT_SESSION || env.TERM_PROGRAM || env.TERM?.startsWith('xterm'));
  const locale = (isTTY && (env.LC_ALL || env.LC_CTYPE || env.LANG)) || '';
  return env.TERM !== 'linux' && (locale === '' || /utf-?8/i.test(locale));
}
