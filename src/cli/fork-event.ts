import { PrdError } from '../problem.ts';
import { readText } from './read-text.ts';
import type { Env } from './terminal.ts';

/** Events that run with the secrets of the base repository, whoever wrote the code, and where they name its repository. */
const heads: Readonly<Record<string, (event: unknown) => unknown>> = {
  pull_request_target: (event) => at(event, 'pull_request', 'head', 'repo', 'full_name'),
  workflow_run: (event) => at(event, 'workflow_run', 'head_repository', 'full_name'),
};

/**
 * Refuses to go on where commands of a fork would run with the secrets of the base: nothing written in a pull request may
 * choose what runs there. An event that cannot be read is one of those. Rejects with `privileged-fork`.
 */
export async function refusePrivilegedFork(env: Env): Promise<void> {
  const name = env.GITHUB_EVENT_NAME ?? '';
  const headOf = Object.hasOwn(heads, name) ? heads[name] : undefined;
  if (headOf === undefined) return;
  const event = await readEvent(env.GITHUB_EVENT_PATH);
  const [head, base] = [text(headOf(event)), text(at(event, 'repository', 'full_name'))];
  if (head !== null && head.toLowerCase() === base?.toLowerCase()) return;
  throw new PrdError({ code: 'privileged-fork', event: name, head, base });
}

async function readEvent(path: string | undefined): Promise<unknown> {
  if (!path) return null;
  try {
    return JSON.parse(await readText(path, path));
  } catch {
    return null;
  }
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null && Object.hasOwn(inside, key)
        ? (inside as Readonly<Record<string, unknown>>)[key]
        : null,
    value,
  );
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
