import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Seen } from '../../src/agent/seen.ts';
import { openSeen } from '../../src/agent/seen.ts';
import type { Tool, ToolContext, ToolResult } from '../../src/agent/tools/tool.ts';
import { openCommands } from '../../src/host/command.ts';
import { workspaceFiles } from '../../src/workspace/files.ts';
import type { ShellOptions, Workspace } from '../../src/workspace/workspace.ts';

export interface TestWorkspace extends Workspace {
  readonly logDir: string;
  /** Bytes of a file as latin1, so that every byte shows. */
  bytes(path: string): string;
  put(path: string, content: string | Uint8Array): void;
  /** What the shell was asked, in order. */
  readonly asked: readonly { readonly command: string; readonly options: ShellOptions }[];
}

/** A workspace in a temporary folder with real files and a real shell. */
export function testWorkspace(files: Readonly<Record<string, string | Uint8Array>> = {}): TestWorkspace {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'prd-agent-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [dir, logDir] = [join(folder, 'tree'), join(folder, 'logs')];
  mkdirSync(dir);
  const put = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  };
  for (const [path, content] of Object.entries(files)) put(path, content);
  const commands = openCommands();
  const asked: { command: string; options: ShellOptions }[] = [];
  return {
    dir,
    logDir,
    base: 'base',
    commit: 'base',
    files: workspaceFiles(dir, { logDir }),
    shell: (command, options) => {
      asked.push({ command, options });
      const env = { PATH: process.env.PATH ?? '', HOME: folder, ...options.env };
      return commands.run({ ...options, file: 'sh', args: ['-c', command], cwd: join(dir, options.cwd ?? '.'), env });
    },
    changedFiles: async () => [],
    remove: async () => {},
    bytes: (path) => readFileSync(join(dir, path), 'latin1'),
    put,
    asked,
  };
}

export interface TestContext extends ToolContext {
  readonly workspace: TestWorkspace;
  readonly seen: Seen;
}

/** What a tool needs, over a workspace with these files; `finish` must not be called. */
export function toolContext(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  given: Partial<ToolContext> = {},
): TestContext {
  let commands = 0;
  return {
    turn: 1,
    role: 'delegate',
    signal: new AbortController().signal,
    nextCommand: () => ++commands,
    policyNote: () => null,
    finish: async () => {
      throw new Error('finish was not expected');
    },
    ...given,
    seen: given.seen ?? openSeen(new Map()),
    workspace: testWorkspace(files),
  };
}

/** Calls a tool as the loop does, with what a model sent. */
export async function callTool(tool: Tool, input: unknown, context: ToolContext): Promise<ToolResult> {
  const call = tool.read(input);
  return 'problem' in call ? { content: call.problem, isError: true } : call.use(context);
}
