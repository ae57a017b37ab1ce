import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** A real git repository in a temporary folder, with an empty home of its own beside it. */
export interface TemporaryRepository {
  readonly root: string;
  /** Holds `repo/`, `home/` and whatever a test puts beside them; all of it goes with `cleanup`. */
  readonly folder: string;
  /** What a user's shell in this home would give to `prd`. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs git in the work tree; rejects when git fails. Returns stdout without the last newline. */
  git(...args: string[]): Promise<string>;
  /** Writes files of the work tree; a null removes. */
  write(files: Files): Promise<void>;
  /** Writes the files, commits everything and returns the commit. */
  commit(message: string, files?: Files): Promise<string>;
  cleanup(): Promise<void>;
}

export type Files = Readonly<Record<string, string | Uint8Array | null>>;

export interface RepositoryOptions {
  /** The files of the first commit. An empty object leaves the branch unborn. */
  readonly files?: Files;
  readonly branch?: string;
  readonly objectFormat?: 'sha1' | 'sha256';
}

/** Makes a repository with one commit that never reads the developer's home or git configuration. */
export async function temporaryRepository(options: RepositoryOptions = {}): Promise<TemporaryRepository> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'prd-repo-')));
  const root = join(folder, 'repo');
  const env = await emptyHome(join(folder, 'home'));
  const git = gitIn(root, env);
  const write = (files: Files) => writeFiles(root, files);
  const commit = async (message: string, files: Files = {}) => {
    await write(files);
    await git('add', '-A');
    await git('commit', '-q', '--allow-empty', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  await mkdir(root);
  await git('init', '-q', '-b', options.branch ?? 'main', `--object-format=${options.objectFormat ?? 'sha1'}`);
  const files = options.files ?? { 'README.md': '# shop\n' };
  if (Object.keys(files).length > 0) await commit('Start', files);
  return { root, folder, env, git, write, commit, cleanup: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs git in any folder with the environment of a temporary repository. */
export function gitIn(root: string, env: Readonly<Record<string, string>>) {
  return async (...args: string[]): Promise<string> => {
    const { stdout } = await exec('git', args, { cwd: root, env, maxBuffer: 1 << 28 });
    return stdout.replace(/\n$/, '');
  };
}

/** Writes files below a folder, creating parents; a null removes. */
export async function writeFiles(root: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    if (content === null) {
      await rm(file, { recursive: true, force: true });
    } else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
}

async function emptyHome(home: string): Promise<Record<string, string>> {
  await mkdir(home);
  // A collection in the background would outlive its test.
  const config = '[user]\n\tname = Ada\n\temail = ada@example.com\n[gc]\n\tauto = 0\n';
  await writeFile(join(home, '.gitconfig'), config);
  // Its own test aside, nobody wants to be asked whether the commands of a test may run.
  return { HOME: home, PATH: process.env.PATH ?? '', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C', PRD_TRUST: '1' };
}
