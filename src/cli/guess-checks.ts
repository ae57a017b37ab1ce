/** Files of a project, as far as guessing needs them. */
export interface ProjectFiles {
  has(path: string): boolean;
  /** Text of a file at the top of the project, or null. */
  read(path: string): string | null;
}

type Checks = Readonly<Record<string, string>>;

const targetNames = ['typecheck', 'test', 'build', 'lint', 'format', 'e2e', 'ci'];

/**
 * Named checks a project seems to have. A guess is written into the PRD for a person to read; it never runs from here. When
 * two toolchains offer the same check, the first of this list wins.
 */
export function guessChecks(files: ProjectFiles): Checks {
  const guesses = [packageScripts, python, rust, go, flutter, targets];
  return Object.assign({}, ...guesses.map((guess) => guess(files)).reverse()) as Checks;
}

/** Names of scripts in package.json. */
export function scriptNames(files: ProjectFiles): readonly string[] {
  return Object.keys(scripts(files));
}

/** Targets of the Makefile, justfile and Taskfile. */
export function targetsOf(files: ProjectFiles): readonly string[] {
  return [...new Set(targetFiles.flatMap(({ names, pattern }) => namesIn(files, names, pattern)))];
}

function packageScripts(files: ProjectFiles): Checks {
  if (!files.has('package.json')) return {};
  const own = scripts(files);
  const { run, exec } = packageRunner(files);
  const named = (name: string, candidates: readonly string[]): Checks => {
    const script = candidates.find((one) => own[one] !== undefined && !isPlaceholder(own[one]));
    return script === undefined ? {} : { [name]: run(script) };
  };
  const compiler: Checks = files.has('tsconfig.json') ? { typecheck: exec('tsc --noEmit') } : {};
  return {
    ...compiler,
    ...named('typecheck', ['typecheck', 'type-check', 'check-types']),
    ...named('test', ['test']),
    ...named('lint', ['lint']),
    ...named('build', ['build']),
  };
}

function scripts(files: ProjectFiles): Readonly<Record<string, string>> {
  try {
    const { scripts } = JSON.parse(files.read('package.json') ?? '{}') as { scripts?: Record<string, unknown> };
    const entries = Object.entries(scripts ?? {}).filter(([, command]) => typeof command === 'string');
    return Object.fromEntries(entries) as Record<string, string>;
  } catch {
    return {};
  }
}

function isPlaceholder(script: string): boolean {
  return script.includes('no test specified');
}

interface PackageRunner {
  run(script: string): string;
  exec(command: string): string;
}

function packageRunner(files: ProjectFiles): PackageRunner {
  const runner = (program: string, exec: string): PackageRunner => ({
    run: (script) => `${program} run ${script}`,
    exec: (command) => `${exec} ${command}`,
  });
  if (files.has('pnpm-lock.yaml')) return runner('pnpm', 'pnpm exec');
  if (files.has('yarn.lock')) return runner('yarn', 'yarn exec');
  if (files.has('bun.lock') || files.has('bun.lockb')) return runner('bun', 'bunx');
  return { ...runner('npm', 'npx'), run: (script) => (script === 'test' ? 'npm test' : `npm run ${script}`) };
}

function python(files: ProjectFiles): Checks {
  const project = files.read('pyproject.toml');
  if (project === null) return {};
  const lead = pythonLead(files);
  const uses = (tool: string): boolean => new RegExp(`\\b${tool}\\b`).test(project);
  const typecheck = ['mypy', 'pyright'].find(uses);
  return {
    ...(typecheck === undefined ? {} : { typecheck: lead + (typecheck === 'mypy' ? 'mypy .' : typecheck) }),
    ...(uses('pytest') ? { test: `${lead}pytest` } : {}),
  };
}

function pythonLead(files: ProjectFiles): string {
  if (files.has('uv.lock')) return 'uv run ';
  return files.has('poetry.lock') ? 'poetry run ' : '';
}

function rust(files: ProjectFiles): Checks {
  if (!files.has('Cargo.toml')) return {};
  return { typecheck: 'cargo check', test: 'cargo test', lint: 'cargo clippy -- -D warnings' };
}

function go(files: ProjectFiles): Checks {
  return files.has('go.mod') ? { typecheck: 'go vet ./...', test: 'go test ./...' } : {};
}

function flutter(files: ProjectFiles): Checks {
  return /^\s*flutter:/m.test(files.read('pubspec.yaml') ?? '')
    ? { typecheck: 'flutter analyze', test: 'flutter test' }
    : {};
}

const targetFiles = [
  { program: 'make', names: ['Makefile', 'makefile', 'GNUmakefile'], pattern: /^([\w-]+):(?!=)/gm },
  { program: 'just', names: ['justfile', 'Justfile', '.justfile'], pattern: /^@?([\w-]+)(?: [^:\n]*)?:(?!=)/gm },
  { program: 'task', names: ['Taskfile.yml', 'Taskfile.yaml'], pattern: /^ {2}([\w-]+):/gm },
] as const;

function targets(files: ProjectFiles): Checks {
  const found = targetFiles.flatMap(({ program, names, pattern }) =>
    namesIn(files, names, pattern)
      .filter((name) => targetNames.includes(name))
      .map((name) => [name, `${program} ${name}`] as const),
  );
  return Object.fromEntries(found.reverse());
}

function namesIn(files: ProjectFiles, names: readonly string[], pattern: RegExp): readonly string[] {
  const text = names.map((name) => files.read(name)).find((text) => text !== null) ?? '';
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}
