import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { useMemoryForScratch } from './scratch.ts';

/** Spawned tests run the bundle: build it once, from what is in `src/` now. Workers inherit the place for scratch files. */
export function setup(): () => void {
  if (existsSync('src/main.ts')) buildOnce();
  return useMemoryForScratch();
}

function buildOnce(): void {
  try {
    execFileSync(process.execPath, ['build.mjs'], { stdio: 'pipe' });
  } catch {
    process.stderr.write('the bundle does not build yet: spawned tests will fail\n');
  }
}
