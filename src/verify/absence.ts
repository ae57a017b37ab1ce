import type { CheckReason } from './check.ts';

/** Why there is nothing to judge yet. */
export type Absence = Extract<CheckReason, 'missing-script' | 'missing-file' | 'missing-package'>;

/** Reads from the messages of package managers and tools that the thing a command needs is not there yet. */
export function absenceIn(output: string): Absence | null {
  return messages.find(({ says }) => says.test(output))?.means ?? null;
}

/** Each line was read from the tool named beside it. Order matters: the first match wins. */
const messages: readonly { readonly says: RegExp; readonly means: Absence }[] = [
  // npm 7 to 12
  { says: /^npm (?:ERR!|error) (?:Missing script|missing script):/m, means: 'missing-script' },
  { says: /^npm (?:ERR!|error) (?:enoent )?Could not read package\.json/m, means: 'missing-file' },
  { says: /^npm (?:ERR!|error) (?:enoent )?.{0,200}ENOENT.{0,400}package\.json/m, means: 'missing-file' },
  { says: /^npm (?:ERR!|error) could not determine executable to run/m, means: 'missing-package' },
  { says: /^npm (?:ERR!|error) (?:npx )?canceled due to missing packages/m, means: 'missing-package' },
  { says: /^npm (?:ERR!|error) code (?:E404|ENOTFOUND|EAI_AGAIN|ENOTCACHED|ECONNREFUSED)/m, means: 'missing-package' },
  { says: /^npm (?:ERR!|error) No workspaces found/m, means: 'missing-file' },
  // tsc, fetched by npx because typescript is not a dependency
  { says: /This is not the tsc command you are looking for/, means: 'missing-package' },
  // pnpm
  {
    says: /ERR_PNPM_NO_SCRIPT|ERR_PNPM_RECURSIVE_EXEC_FIRST_FAIL.{0,200}not found|Missing script: /,
    means: 'missing-script',
  },
  {
    says: /ERR_PNPM_NO_IMPORTER_MANIFEST_FOUND|No package\.json (?:\(or .{0,100}\) )?(?:was )?found/,
    means: 'missing-file',
  },
  // yarn 1 and 2 to 4, bun
  { says: /^error Command "[^"]+" not found\.$|^Usage Error: Couldn't find a script named/m, means: 'missing-script' },
  { says: /^error Couldn't find a package\.json file/m, means: 'missing-file' },
  { says: /^error: Script not found "/m, means: 'missing-script' },
  // make, just, task
  { says: /^make(?:\[\d+\])?: \*\*\* No targets specified and no makefile found/m, means: 'missing-file' },
  { says: /^make(?:\[\d+\])?: \*\*\* No rule to make target/m, means: 'missing-script' },
  { says: /^error: No justfile found/m, means: 'missing-file' },
  { says: /^error: Justfile does not contain recipe/m, means: 'missing-script' },
  { says: /^task: Task "[^"]+" does not exist/m, means: 'missing-script' },
  // cargo, go, flutter and dart, composer
  { says: /^error: could not find `Cargo\.toml` in/m, means: 'missing-file' },
  { says: /^error: package ID specification .{0,200} did not match any packages/m, means: 'missing-package' },
  { says: /^error: no (?:test|bin|example|bench) target named/m, means: 'missing-file' },
  { says: /^go: (?:cannot find main module|go\.mod file not found)/m, means: 'missing-file' },
  { says: /(?:No pubspec\.yaml file found|Could not find a file named "pubspec\.yaml")/, means: 'missing-file' },
  { says: /^ *Command "[^"]+" is not defined\./m, means: 'missing-script' },
  // python
  { says: /^\S*python[\d.]*: No module named /m, means: 'missing-package' },
  { says: /^\S*python[\d.]*: can't open file /m, means: 'missing-file' },
  { says: /^error: Failed to spawn: `/m, means: 'missing-package' },
  { says: /^ERROR: file or directory not found: /m, means: 'missing-file' },
  // node
  { says: /^Could not find '[^']+'$/m, means: 'missing-file' },
];
