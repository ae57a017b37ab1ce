import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Env } from './terminal.ts';

/** Is Claude Code on the `PATH`? Only looked at, not started. */
export async function hasClaude(env: Env): Promise<boolean> {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    const found = await access(join(folder, 'claude'), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}

/** What Claude Code needs of ours: its own login lives in the home folder. No key, no hook of the shell, no proxy secret. */
export function claudeEnvironment(env: Env, marker: string): Readonly<Record<string, string>> {
  const names = ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR', 'CLAUDE_CONFIG_DIR', 'IS_SANDBOX', 'XDG_CONFIG_HOME'];
  const given = names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...Object.fromEntries(given), CI: '1', NO_COLOR: '1', TERM: 'dumb', PRD_JOB: marker };
}
