import type { RepoFacts } from './view.ts';

/**
 * The command that a named check most likely means, or null. A guess is written down for a person to read; it never
 * runs.
 */
export function guessCheck(name: string, repo: RepoFacts | null): string | null {
  if (repo === null) return usual.get(name) ?? null;
  const script = scripts.get(name)?.find((one) => repo.scripts.has(one));
  if (script !== undefined) return script === 'test' ? 'npm test' : `npm run ${script}`;
  const tool = tools.find((one) => one.check === name && repo.paths.has(one.file));
  if (tool !== undefined) return tool.run;
  return repo.targets.has(name) ? `make ${name}` : null;
}

/** What to suggest when nothing is known about the project. */
const usual: ReadonlyMap<string, string> = new Map([
  ['typecheck', 'npx tsc --noEmit'],
  ['test', 'npm test'],
  ['build', 'npm run build'],
  ['lint', 'npm run lint'],
]);

const scripts: ReadonlyMap<string, readonly string[]> = new Map([
  ['typecheck', ['typecheck', 'type-check', 'check-types']],
  ['test', ['test']],
  ['build', ['build']],
  ['lint', ['lint']],
  ['format', ['format:check', 'format']],
  ['e2e', ['e2e', 'test:e2e']],
]);

const tools: readonly { readonly check: string; readonly file: string; readonly run: string }[] = [
  { check: 'typecheck', file: 'tsconfig.json', run: 'npx tsc --noEmit' },
  { check: 'typecheck', file: 'Cargo.toml', run: 'cargo check' },
  { check: 'test', file: 'Cargo.toml', run: 'cargo test' },
  { check: 'lint', file: 'Cargo.toml', run: 'cargo clippy -- -D warnings' },
  { check: 'typecheck', file: 'go.mod', run: 'go vet ./...' },
  { check: 'test', file: 'go.mod', run: 'go test ./...' },
  { check: 'typecheck', file: 'pubspec.yaml', run: 'flutter analyze' },
  { check: 'test', file: 'pubspec.yaml', run: 'flutter test' },
  { check: 'test', file: 'pyproject.toml', run: 'pytest' },
];
