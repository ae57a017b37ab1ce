import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitIn, writeFiles } from '../helpers/repository.ts';
import { fileStory, type RunBench, runBench, writes } from '../helpers/run.ts';
import { parseSimpleYaml, type Yaml } from '../helpers/simple-yaml.ts';

type Map = { readonly [key: string]: Yaml };

interface Job {
  readonly steps: readonly Map[];
  readonly permissions: Map;
  readonly env?: Map;
  readonly if?: string;
}

const read = (name: string): string => readFileSync(`examples/ci/${name}`, 'utf8');
const github = parseSimpleYaml(read('github.yml')) as Map & { readonly jobs: Readonly<Record<string, Job>> };
const gitlab = parseSimpleYaml(read('gitlab.yml')) as Readonly<Record<string, Map>>;
const action = parseSimpleYaml(read('action.yml')) as Map & {
  readonly inputs: Readonly<Record<string, Map>>;
  readonly runs: { readonly steps: readonly Map[] };
};
const jobs = Object.entries(github.jobs);
const version = JSON.parse(readFileSync('package.json', 'utf8')).version as string;

describe('the GitHub workflow', () => {
  it('gives nothing to anybody at first, and each job what it needs', () => {
    expect(github.permissions).toEqual({});
    expect(Object.fromEntries(jobs.map(([name, job]) => [name, job.permissions]))).toEqual({
      check: { contents: 'read' },
      reverify: { contents: 'read' },
      run: { contents: 'read' },
      prove: { contents: 'read' },
      publish: { contents: 'write' },
    });
  });

  it('has no trigger that runs code of a fork beside secrets', () => {
    expect(Object.keys(github.on as Map)).toEqual(['pull_request', 'push', 'schedule', 'workflow_dispatch']);
    expect(github.jobs.check?.if).toBe("github.event_name == 'pull_request'");
  });

  it('pins every action to a commit and leaves the token out of every checkout but the one that pushes', () => {
    const used = jobs.flatMap(([name, job]) => job.steps.map((step) => ({ name, step })));
    for (const { step } of used) {
      if (step.uses !== undefined) expect(step.uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
    }
    const checkouts = used.filter(({ step }) => String(step.uses).startsWith('actions/checkout@'));
    const kept = checkouts.filter(({ step }) => (step.with as Map | undefined)?.['persist-credentials'] !== 'false');
    expect(kept.map(({ name }) => name)).toEqual(['publish']);
  });

  it('shows the key to one step of the job that cannot write, and runs nothing where it can', () => {
    const withSecret = jobs.flatMap(([name, { env, steps }]) =>
      [{ env }, ...steps].filter((one) => JSON.stringify(one.env ?? {}).includes('secrets.')).map(() => name),
    );
    expect(withSecret).toEqual(['run']);
    expect(scripts(github.jobs.publish?.steps ?? []).join('\n')).not.toMatch(/\bprd (run|check|verify)|npm /);
  });
});

describe.each([
  ['github.yml', jobs.flatMap(([, job]) => scripts(job.steps))],
  ['action.yml', scripts(action.runs.steps)],
])('the scripts of %s', (_name, all) => {
  it('take what others wrote from variables alone', () => {
    for (const script of all) expect(script).not.toContain('${{');
  });
});

it('every example installs this version', () => {
  const installs = ['github.yml', 'gitlab.yml'].flatMap((name) => read(name).match(/prd-orchestrator@\S+/g) ?? []);
  expect(new Set([...installs, `prd-orchestrator@${action.inputs.version?.default}`])).toEqual(
    new Set([`prd-orchestrator@${version}`]),
  );
});

function scripts(steps: readonly Map[]): readonly string[] {
  return steps.flatMap(({ run }) => (typeof run === 'string' ? [run] : []));
}

/** A machine of the CI: `prd` is ours, `npm` only writes down what it was asked, every job starts from its own clone. */
interface Machine {
  readonly bench: RunBench;
  readonly temp: string;
  readonly origin: string;
  /** Runs the steps of a job in order, as far as they go. The exit code is that of the first that fails. */
  job(steps: readonly Map[], env: Readonly<Record<string, string>>, depth?: number): Promise<JobRan>;
}

interface JobRan {
  readonly exit: number;
  readonly output: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly root: string;
}

async function openMachine(bench: RunBench): Promise<Machine> {
  const { folder, root, git } = bench.repository;
  const [bin, temp, origin] = [join(folder, 'bin'), join(folder, 'temp'), join(folder, 'origin.git')];
  for (const dir of [bin, temp]) await mkdir(dir);
  await git('clone', '-q', '--bare', root, origin);
  const executable = { mode: 0o755 };
  const prd = `#!/bin/sh\nexec '${process.execPath}' '${resolve('bin/prd.js')}' "$@"\n`;
  await writeFile(join(bin, 'prd'), prd, executable);
  await writeFile(join(bin, 'npm'), `#!/bin/sh\necho "$@" >> '${temp}/npm.log'\n`, executable);
  // Machines of a CI do not know anybody.
  await writeFile(join(folder, 'home/.gitconfig'), '[gc]\n\tauto = 0\n');
  let clones = 0;
  const job: Machine['job'] = async (steps, env, depth = 1) => {
    clones += 1;
    const clone = join(folder, `clone-${clones}`);
    await git('clone', '-q', '--depth', String(depth), `file://${origin}`, clone);
    const file = join(temp, `output-${clones}`);
    // Consent is the workflow's to give.
    const all = {
      ...bench.env,
      PRD_TRUST: '',
      PATH: `${bin}:${bench.env.PATH}`,
      RUNNER_TEMP: temp,
      GITHUB_OUTPUT: file,
      ...env,
    };
    let output = '';
    for (const step of steps) {
      if (typeof step.run !== 'string' || step.if !== undefined) continue;
      const ran = await bash(step.run, clone, { ...all, ...resolved(step.env, env) });
      output += ran.output;
      if (ran.exit !== 0) return { exit: ran.exit, output, outputs: {}, root: clone };
    }
    return { exit: 0, output, outputs: outputsIn(await readFile(file, 'utf8').catch(() => '')), root: clone };
  };
  return { bench, temp, origin, job };
}

function outputsIn(text: string): Record<string, string> {
  const lines = text.split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** Variables of a step; expressions take the value that the test gives them. */
function resolved(env: Yaml | undefined, values: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries((env ?? {}) as Map).map(([name, value]) => {
    const [, expression = ''] = /^\$\{\{ (.*) \}\}$/.exec(String(value)) ?? [];
    return [name, values[expression] ?? (expression === '' ? String(value) : '')];
  });
  return Object.fromEntries(entries);
}

function bash(script: string, cwd: string, env: Readonly<Record<string, string>>) {
  return new Promise<{ exit: number; output: string }>((settle) => {
    execFile('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { cwd, env }, (error, out, err) =>
      settle({ exit: typeof error?.code === 'number' ? error.code : Number(error !== null), output: out + err }),
    );
  });
}

const stories = [fileStory('US-1', 'a.txt'), fileStory('US-2', 'b.txt')];

/** US-1 has landed; US-2 is open. */
async function landedOne(): Promise<RunBench> {
  const bench = await runBench({ stories, script: { 'US-1': [writes('a.txt')], 'US-2': [writes('b.txt')] } });
  expect((await bench.prd('run', 'US-1', '--quiet')).exit).toBe(0);
  return bench;
}

type Change = (prd: string) => string;
const changes: readonly (readonly [string, number, Change])[] = [
  ['honest work', 0, (prd) => prd],
  ['a flip by hand', 1, (prd) => prd.replace('"passes": false', '"passes": true')],
  ['a weaker check', 6, (prd) => prd.replace('Verify: test -s b.txt', 'Verify: true')],
  ['a removed story', 6, (prd) => prd.replace('"US-2"', '"US-3"')],
];

/** A pull request with this change of the PRD, as the CI checks it out: merged into the branch that it is for. */
async function pullRequest(change: Change): Promise<Machine> {
  const bench = await landedOne();
  const { git, root } = bench.repository;
  await git('checkout', '-q', '-b', 'work');
  const prd = join(root, 'PRD.json');
  await writeFiles(root, { 'PRD.json': change(await readFile(prd, 'utf8')), 'd.txt': 'd\n' });
  await bench.repository.commit('Work');
  await git('checkout', '-q', '-b', 'merged', 'main');
  await git('merge', '-q', '--no-ff', '-m', 'Merge', 'work');
  return openMachine(bench);
}

describe.each(changes)('a pull request with %s', (_title, exit, change) => {
  it(`ends the workflow, the action and the GitLab job with ${exit}`, async () => {
    const { job, temp, bench } = await pullRequest(change);
    const workflow = await job(github.jobs.check?.steps ?? [], {}, 2);
    const said = workflow.output.includes('::error file=PRD.json');
    expect({ exit: workflow.exit, said }).toEqual({ exit, said: exit !== 0 });
    expect(await readFile(join(temp, 'npm.log'), 'utf8')).toContain(`prd-orchestrator@${version}`);
    const inputs = Object.entries(action.inputs).map(([name, { default: value }]) => [`inputs.${name}`, String(value)]);
    const given = { ...Object.fromEntries(inputs), 'inputs.base': 'HEAD^1', 'inputs.require': 'proven' };
    expect((await job(action.runs.steps, given, 2)).exit).toBe(exit);
    const base = await bench.repository.git('rev-parse', 'main');
    const pipeline = await job(gitlabSteps('prd-check'), { CI_MERGE_REQUEST_DIFF_BASE_SHA: base }, 50);
    expect(pipeline.exit).toBe(exit);
    expect(await readFile(join(pipeline.root, 'prd.xml'), 'utf8')).toContain('<testsuites name="prd check"');
  });
});

/** Lines of a GitLab job as steps of one shell each; what it extends runs before. */
function gitlabSteps(name: string): readonly Map[] {
  const lines = [...((gitlab['.prd']?.before_script ?? []) as string[]), ...((gitlab[name]?.script ?? []) as string[])];
  return [{ run: lines.join('\n') }];
}

describe.each([
  ['the workflow', () => github.jobs.reverify?.steps ?? []],
  ['the GitLab job', () => gitlabSteps('prd-reverify')],
])('on the protected branch, %s', (_name, steps) => {
  it('lets what works through, and finds what broke', async () => {
    const bench = await landedOne();
    expect((await (await openMachine(bench)).job(steps(), {})).exit).toBe(0);
    const broken = await landedOne();
    await broken.repository.commit('Break it', { 'a.txt': '' });
    expect((await (await openMachine(broken)).job(steps(), {})).exit).toBe(1);
  });
});

describe('at night', () => {
  const branch = 'prd/night-7';

  it('the workflow builds, proves again elsewhere and pushes a branch', async () => {
    const machine = await openMachine(await landedOne());
    const env = { BRANCH: branch, 'secrets.ANTHROPIC_API_KEY': 'test-key' };
    const ran = await machine.job(github.jobs.run?.steps ?? [], env);
    expect({ exit: ran.exit, landed: ran.outputs.landed }).toEqual({ exit: 0, landed: 'true' });
    const handed = { BRANCH: branch, DIGEST: ran.outputs.digest ?? '' };
    expect(await machine.job(github.jobs.prove?.steps ?? [], handed)).toMatchObject({ exit: 0 });
    const git = gitIn(machine.origin, machine.bench.repository.env);
    const before = await git('rev-parse', 'main');
    expect(await machine.job(github.jobs.publish?.steps ?? [], handed)).toMatchObject({ exit: 0 });
    expect(await git('rev-parse', 'main')).toBe(before);
    expect(await git('log', '--format=%s', `main..${branch}`)).toBe('US-2: Write b.txt');
  });

  it('a file that changed on its way goes nowhere', async () => {
    const machine = await openMachine(await landedOne());
    const env = { BRANCH: branch, 'secrets.ANTHROPIC_API_KEY': 'test-key' };
    const { outputs } = await machine.job(github.jobs.run?.steps ?? [], env);
    const bundle = join(machine.temp, 'prd.bundle');
    await writeFile(bundle, Buffer.concat([await readFile(bundle), Buffer.from('x')]));
    const handed = { BRANCH: branch, DIGEST: outputs.digest ?? '' };
    for (const name of ['prove', 'publish']) {
      const ran = await machine.job(github.jobs[name]?.steps ?? [], handed);
      expect({ name, exit: ran.exit, said: ran.output.includes('FAILED') }).toEqual({ name, exit: 1, said: true });
    }
  });

  it('nothing that landed is nothing to hand on', async () => {
    const bench = await landedOne();
    const again = { BRANCH: branch, 'secrets.ANTHROPIC_API_KEY': 'test-key' };
    await bench.prd('run', '--quiet');
    const ran = await (await openMachine(bench)).job(github.jobs.run?.steps ?? [], again);
    expect({ exit: ran.exit, outputs: ran.outputs }).toEqual({ exit: 0, outputs: { landed: 'false' } });
  });

  it('the GitLab jobs build and prove again', async () => {
    const machine = await openMachine(await landedOne());
    const env = { BRANCH: branch, ANTHROPIC_API_KEY: 'test-key' };
    const ran = await machine.job(gitlabSteps('prd-run'), env, 50);
    expect(ran.exit).toBe(0);
    const bundle = await readFile(join(ran.root, 'prd.bundle'));
    await writeFile(join(machine.temp, 'prd.bundle'), bundle);
    const fetched = [{ run: `cp "$RUNNER_TEMP/prd.bundle" .` }, ...gitlabSteps('prd-prove')];
    expect(await machine.job(fetched, { BRANCH: branch }, 50)).toMatchObject({ exit: 0 });
  });
});
