import { join } from 'node:path';
import { configWithoutFiles } from '../config/combine.ts';
import type { Config, IgnoredSetting, Override } from '../config/config.ts';
import type { SourceFile } from '../config/load.ts';
import { statePaths } from '../host/paths.ts';
import { PrdError } from '../problem.ts';
import { tick } from '../report/text.ts';
import type { Context } from './context.ts';
import { readText } from './read-text.ts';

const repoFile = 'prd.config.json';

/**
 * What the user chose. `root` is the top of the repository whose own file may be heard, or null for none (`--no-config`).
 * What that file may not say is named on stderr. Rejects with `bad-config` and the like.
 */
export async function openConfig(context: Context, root: string | null, flags: Override = {}): Promise<Config> {
  const { configFile } = statePaths(context.env, context.home);
  const user = await readIfThere(configFile, configFile);
  const repo = root === null ? null : await readIfThere(join(root, repoFile), repoFile);
  // Most folders have neither file: then the library that checks them is not loaded.
  if (user === null && repo === null) return configWithoutFiles(context.env, flags);
  const { loadConfig } = await import('../config/load.ts');
  const { config, ignored } = loadConfig({ env: context.env, user, repo, flags });
  if (context.flags.quiet !== true) for (const one of ignored) context.stderr.write(warning(one, context));
  return config;
}

const reasons = {
  unknown: 'there is no such setting',
  'not-yours': 'only your own configuration may set it',
  loosens: 'a repository can only tighten it',
} satisfies Record<IgnoredSetting['why'], string>;

function warning({ file, setting, why, at }: IgnoredSetting, { stderr: { paint } }: Context): string {
  const where = paint.accent(`${file}:${at.line}:${at.column}`);
  return `${paint.warn('warning:')} ${where} ${tick(setting)} is ignored: ${reasons[why]}\n`;
}

async function readIfThere(path: string, shown: string): Promise<SourceFile | null> {
  try {
    return { file: shown, text: await readText(path, shown) };
  } catch (error) {
    if (error instanceof PrdError && error.problem.code === 'file-missing') return null;
    throw error;
  }
}
