import { join } from 'node:path';
import { remove } from '../../host/remove.ts';
import { runScriptedServer } from '../../models/scripted/run-scripted-server.ts';
import { readScript } from '../../models/scripted/script.ts';
import { startScriptedServer } from '../../models/scripted/server.ts';
import type { DemoOptions } from '../commands/demo.ts';
import type { Context } from '../context.ts';
import { type DemoRepository, makeDemoRepository, tellDemo } from '../demo-repository.ts';
import type { ExitCode } from '../exit-codes.ts';
import { packageRoot } from '../package-root.ts';
import { runRun } from './run.ts';

/** The ordinary `prd run` in a fresh repository, with models that play a script over HTTP. Says so. */
export async function runDemo(options: DemoOptions, context: Context): Promise<ExitCode> {
  const folder = join(packageRoot(), 'examples', options.example);
  const file = join(folder, 'script', 'script.json');
  if (options.serve === true) return serve(file, context);
  const server = await startScriptedServer({ script: await readScript(file) });
  const repository = await makeDemoRepository(folder, context);
  try {
    context.stderr.write(
      `demo: ${options.example} in ${repository.dir}; the models are scripted, nothing leaves this machine\n`,
    );
    const inside = contextIn(repository, server.url, context);
    const { parallel } = options;
    const run = { ids: [], scripted: true, ...(parallel === undefined ? {} : { parallel }) };
    const exit = await runRun(run, inside);
    context.stdout.write(await tellDemo(repository));
    return exit;
  } finally {
    await server.close();
    if (options.keep === true) context.stderr.write(`kept: ${repository.dir}\n`);
    else await remove(repository.home);
  }
}

async function serve(file: string, context: Context): Promise<ExitCode> {
  const stop = new AbortController();
  const off = context.onSignal('SIGINT', () => stop.abort());
  await runScriptedServer({ file, say: (line) => context.stdout.write(`${line}\n`), signal: stop.signal });
  off();
  return 0;
}

/** The demo sees its own folder, its own home and its own endpoint; nothing of the user's is read or written. */
function contextIn({ dir, home, env }: DemoRepository, url: string, context: Context): Context {
  const own = { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'scripted', HOME: home };
  const kept = Object.entries(context.env).filter(([name]) => !/^(?:ANTHROPIC|PRD|XDG|GIT)_/.test(name));
  return Object.create(context, {
    cwd: { value: dir },
    home: { value: home },
    env: { value: { ...Object.fromEntries(kept), ...env, ...own } },
    json: { value: false },
  });
}
