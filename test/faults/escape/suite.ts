import { chooseSandbox } from '../../../src/host/choose-sandbox.ts';
import { openCommands } from '../../../src/host/command.ts';
import { openSandbox, type Sandbox } from '../../../src/host/sandbox.ts';
import { findProgram } from '../../../src/workspace/program.ts';
import type { Lab } from '../lab/build.ts';
import type { FigureSuite, Figures } from '../suites/suites.ts';
import type { Attempt } from './attempt.ts';
import { byCommand } from './by-command.ts';
import { byTool } from './by-tool.ts';
import { childrenCount, survivors } from './children.ts';
import { type Level, playAttempts } from './stage.ts';

const attempts: readonly Attempt[] = [...byCommand, ...byTool];

/** One of each kind, for the fast tier. */
export const sample: readonly Attempt[] = attempts.filter(({ name }) =>
  /^(CVE-2026-24887|GHSA-7835|setup writes to the home|K02 the key in the environment of|K04 a verify|S13 a port|CVE-2026-39861|S05 write through|CVE-2026-72718|P03 a child)/.test(
    name,
  ),
);

/** At `os` nothing may get out and nothing be left; what does and is at `guard` is its published list. */
export const escapeSuite: FigureSuite = { name: 'escape', run: (lab) => tryAll(lab) };

async function tryAll(lab: Lab): Promise<Figures> {
  const [found, children] = [await tryToEscape(lab, attempts), await countChildren()];
  return {
    figures: [...found.figures, ...children.figures],
    notes: [...(found.notes ?? []), ...(children.notes ?? [])],
    findings: [...found.findings, ...children.findings],
  };
}

/** Plays attempts at every level that this machine has. */
export async function tryToEscape(lab: Lab, tried: readonly Attempt[]): Promise<Figures> {
  const { level, weaker } = await best();
  const os = level === 'os' ? await playAttempts(lab, tried, 'os') : null;
  const guard = await playAttempts(lab, tried, 'guard');
  return {
    figures: [
      ['attempts', tried.length],
      ...(os === null ? [] : [['got out at os', os.escaped.length] as const]),
      ['got out at guard', guard.escaped.length],
    ],
    notes: [...missing(weaker), ...guard.escaped.map((name) => `got out at guard: ${name}`)],
    findings: [
      ...told('os', os?.troubles ?? []),
      ...(os?.escaped ?? []).map((name) => `got out at os: ${name}`),
      ...told('guard', guard.troubles),
    ],
  };
}

/** `guard` may leave two at most: what drops its marker cannot be told from a stranger. */
const guardLeaves = 2;

async function countChildren(): Promise<Figures> {
  const sandbox = await best();
  const os = sandbox.level === 'os' ? await survivors(sandbox) : null;
  const guard = await survivors(openSandbox('guard'));
  return {
    figures: [
      ['nasty children', childrenCount],
      ...(os === null ? [] : [['left at os', os.length] as const]),
      ['left at guard', guard.length],
    ],
    notes: guard.map((what) => `left at guard: ${what}`),
    findings: [
      ...(os ?? []).map((what) => `left at os: ${what}`),
      ...guard.slice(guardLeaves).map((what) => `left at guard: ${what}`),
    ],
  };
}

function told(level: Level, troubles: readonly string[]): readonly string[] {
  return troubles.map((trouble) => `${level}: ${trouble}`);
}

function missing(weaker: string | null): readonly string[] {
  return weaker === null ? [] : [`level os was not tried: ${weaker}`];
}

/** The best that this machine has. */
async function best(): Promise<Sandbox> {
  const bwrap = await findProgram('bwrap', process.env.PATH);
  const means = { platform: process.platform, bwrap, commands: openCommands(), env: process.env };
  return chooseSandbox('auto', { ...means, masked: [], network: false });
}
