import { join } from 'node:path';
import { exists } from './exists.ts';
import { readProducts } from './products.ts';
import { detectSetup, setupFiles } from './setup-detect.ts';
import { type SetupInputs, setupDigest } from './setup-digest.ts';
import { runSetup, type SetupOptions } from './setup-run.ts';
import { openToolVersions } from './tool-versions.ts';
import type { Oid, Setup, SetupResult, SetupStep, Vault } from './workspace.ts';

/** Prepares dependencies, apart from checks and once per digest. */
export function openSetup(options: SetupOptions): Setup {
  const versions = openToolVersions(options.commands, options.env);
  const facts = remembered((commit) => readFacts(options, commit));
  const running = new Map<string, Promise<SetupResult>>();
  return {
    steps: async (commit) => (await facts(commit)).steps,
    prepare: async (commit, hooks = {}) => {
      const known = await facts(commit);
      const digest = setupDigest({ ...known, platform, tools: await versions(known.steps) });
      const before = await cachedResult(options.cacheDir, digest, known.steps);
      if (before !== null) return before;
      const started = running.get(digest) ?? runSetup({ ...options, ...hooks, commit, digest, steps: known.steps });
      running.set(digest, started);
      return started.finally(() => running.delete(digest));
    },
  };
}

const platform = `${process.platform}-${process.arch}`;

type Facts = Omit<SetupInputs, 'platform' | 'tools'>;

async function readFacts({ vault, config }: SetupOptions, commit: Oid): Promise<Facts> {
  const [paths, tree] = await Promise.all([vault.paths(commit), vault.treeOf(commit)]);
  const entries = await vault.blobs(commit, paths);
  const blobs = new Map([...entries].map(([path, { blob }]) => [path, blob]));
  const texts = await readTexts(vault, blobs);
  const steps = config.setup?.map(fromConfig) ?? detectSetup(paths, (path) => texts.get(path) ?? null);
  return { steps, blobs, tree, manifest: texts.get('package.json') ?? null };
}

async function readTexts(vault: Vault, blobs: ReadonlyMap<string, Oid>): Promise<ReadonlyMap<string, string>> {
  const present = setupFiles.flatMap((path) => {
    const blob = blobs.get(path);
    return blob === undefined ? [] : [{ path, blob }];
  });
  const bytes = await Promise.all(present.map(({ blob }) => vault.readBlob(blob)));
  return new Map(present.map(({ path }, place) => [path, bytes[place]?.toString('utf8') ?? '']));
}

function fromConfig(command: string): SetupStep {
  return { command, because: 'setup in prd.config.json' };
}

async function cachedResult(
  cacheDir: string,
  digest: string,
  steps: readonly SetupStep[],
): Promise<SetupResult | null> {
  if (steps.length === 0) return { digest, steps, dir: null };
  const dir = join(cacheDir, digest, 'files');
  if (!(await exists(dir))) return null;
  const { paths } = await readProducts(dir);
  return { digest, steps, dir: paths.length === 0 ? null : dir };
}

/** Asked for the same commit many times in a run; a failure is not remembered. */
function remembered<T>(read: (commit: Oid) => Promise<T>): (commit: Oid) => Promise<T> {
  const known = new Map<Oid, Promise<T>>();
  return (commit) => {
    const before = known.get(commit);
    if (before !== undefined) return before;
    const reading = read(commit);
    known.set(commit, reading);
    reading.catch(() => known.delete(commit));
    return reading;
  };
}
