import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Spawned tests run the bundle: build it once, from what is in `src/` now. */
export function setup(): void {
  if (!existsSync('src/main.ts')) return;
  try {
    execFileSync(process.execPath, ['build.mjs'], { stdio: 'pipe' });
  } catch {
    process.stderr.write('the bundle does not build yet: spawned tests will fail\n');
  }
}
