import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

interface Metafile {
  readonly outputs: Readonly<Record<string, Output>>;
}

interface Output {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
  readonly entryPoint?: string;
}

const { outputs } = JSON.parse(readFileSync('dist/meta.json', 'utf8')) as Metafile;

/** Third-party packages in an output and in everything it loads before it runs. */
function librariesOf(entry: string): ReadonlySet<string> {
  const files = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const { imports = [] } = outputs[file] ?? {};
    open.push(...imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path));
  }
  const inputs = [...files].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
  return new Set(inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
}

function chunkOf(source: string): string {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source);
  if (found === undefined) throw new Error(`${source} has no chunk of its own`);
  return found[0];
}

const heavy = ['execa', 'ora', '@anthropic-ai/sdk', 'chalk'];

describe('start-up', () => {
  it('the command line by itself loads commander and nothing else', () => {
    expect([...librariesOf('dist/main.js')]).toEqual(['commander']);
  });

  it('lint loads neither a process library, a spinner, colours nor the SDK', () => {
    const libraries = librariesOf(chunkOf('src/cli/actions/lint.ts'));
    expect([...libraries].filter((library) => heavy.includes(library))).toEqual([]);
    expect([...libraries]).toContain('jsonc-parser');
  });

  it.each(['init', 'completion', 'schema'])('%s loads none of them either', (name) => {
    const libraries = librariesOf(chunkOf(`src/cli/actions/${name}.ts`));
    expect([...libraries].filter((library) => heavy.includes(library))).toEqual([]);
  });

  it('the version is answered without the bundle', () => {
    const folder = mkdtempSync(join(tmpdir(), 'prd-version-'));
    try {
      mkdirSync(join(folder, 'bin'));
      for (const file of ['bin/prd.js', 'package.json']) copyFileSync(file, join(folder, file));
      const args = [join(folder, 'bin/prd.js'), '--version'];
      expect(execFileSync(process.execPath, args, { encoding: 'utf8', env: {} })).toBe(`${packageJson.version}\n`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
