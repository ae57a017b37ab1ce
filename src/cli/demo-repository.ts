import { cp, mkdtemp, readFile, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { openCommands } from '../host/command.ts';
import { parsePrd } from '../prd/parse.ts';
import { count } from '../report/figures.ts';
import { type Git, gitOk, gitText, openGit } from '../workspace/git.ts';
import type { Context } from './context.ts';

/** A temporary home with the example as a repository in it. */
export interface DemoRepository {
  /** Everything of the demo is in here. */
  readonly home: string;
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly git: Git;
}

const author = { name: 'prd demo', email: 'demo@example.invalid' };

/** Copies an example without its script and commits it. */
export async function makeDemoRepository(example: string, context: Context): Promise<DemoRepository> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'prd-demo-')));
  const dir = join(home, 'shop');
  await cp(example, dir, { recursive: true, filter: (path) => relative(example, path) !== 'script' });
  const git = await openGit(openCommands(), context.env);
  await gitOk(git, { gitDir: null, cwd: dir, args: ['init', '-q', '-b', 'main', '--template=', '.'] });
  const place = placeOf(dir);
  for (const [key, value] of Object.entries(author))
    await gitOk(git, { ...place, args: ['config', `user.${key}`, value] });
  await gitOk(git, { ...place, args: ['add', '-A'] });
  await gitOk(git, { ...place, identity: author, args: ['commit', '-q', '-m', 'Start of the demo'] });
  const env = {
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_CONFIG_HOME: join(home, 'config'),
  };
  return { home, dir, env, git };
}

/** What the run left in the repository: the history, and how many stories pass. */
export async function tellDemo({ dir, git }: DemoRepository): Promise<string> {
  const log = await gitText(git, { ...placeOf(dir), args: ['log', '--oneline'] });
  const parsed = parsePrd(await readFile(join(dir, 'PRD.json'), 'utf8'), 'PRD.json');
  const stories = parsed.kind === 'read' ? parsed.document.prd.stories : [];
  const passing = stories.filter(({ passes }) => passes).length;
  const flips = `PRD.json: ${passing} of ${count(stories.length, 'story', 'stories')} with "passes": true`;
  return `\n$ git log --oneline\n${log}\n\n${flips}\n`;
}

function placeOf(dir: string) {
  return { gitDir: join(dir, '.git'), workTree: dir, indexFile: join(dir, '.git', 'index') };
}
