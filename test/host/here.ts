import { chooseSandbox, type SandboxOptions } from '../../src/host/choose-sandbox.ts';
import { openCommands } from '../../src/host/command.ts';
import type { Sandbox } from '../../src/host/sandbox.ts';
import { findProgram } from '../../src/workspace/program.ts';

/** Path of bubblewrap on this machine, or null. */
export const bwrap = await findProgram('bwrap', process.env.PATH);

const commands = openCommands();
const options: SandboxOptions = {
  platform: process.platform,
  bwrap,
  commands,
  env: process.env,
  masked: [],
  network: false,
};
const best = await chooseSandbox('auto', options);

/** Why tests of level `os` cannot run here; null: they can. In CI (`PRD_TEST_REQUIRE_OS=1`) they must. */
export const noBox = best.level === 'os' ? null : (best.weaker ?? 'unknown');
if (noBox !== null && process.env.PRD_TEST_REQUIRE_OS === '1') throw new Error(`level os is required: ${noBox}`);

/** What a skipped block is called, so that the reason is seen. */
export const inBox = noBox === null ? 'in a box' : `in a box (skipped: ${noBox})`;

/** The box with what a test gives it. */
export function boxWith(more: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  return chooseSandbox('os', { ...options, ...more });
}
