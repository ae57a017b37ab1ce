import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { openContext } from '../src/cli/context.ts';
import { exitCodes } from '../src/cli/exit-codes.ts';
import { declareProgram } from '../src/cli/program.ts';
import { userConfig } from '../src/config/schema.ts';
import { parsePrd } from '../src/prd/parse.ts';
import { fakeIo } from './helpers/cli.ts';

const readme = readFileSync('README.md', 'utf8');
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((match) => match[1] ?? '');

describe('README.md', () => {
  it('lists exactly the exit codes of the program', () => {
    const rows = Object.entries(exitCodes).map(([code, { meaning }]) => `| ${code} | ${meaning} |`);
    expect(readme.split('\n').filter((line) => /^\| \d+ \|/.test(line))).toEqual(rows);
  });

  it.each(blocks('console').flatMap((block) => block.trim().split('\n')))(
    'the real program understands: %s',
    async (line) => {
      const called: string[] = [];
      const tree = new Command();
      declareProgram(tree, openContext(fakeIo({ argv: [], cwd: '/' }), tree));
      for (const command of tree.commands) command.action(() => void called.push(command.name()));
      const words = line.replace(/^\$ /, '').split(' ');
      await tree.parseAsync(['node', ...words]);
      expect(called).toEqual([words[1]]);
    },
  );

  it('its story is one that the program reads, routes and can prove', () => {
    const [story = ''] = blocks('json');
    const parsed = parsePrd(story, 'README.md');
    expect(
      parsed.kind === 'read' && parsed.document.prd.stories[0]?.criteria.map(({ reading }) => reading.kind),
    ).toEqual(['prose', 'command']);
  });

  it('its configuration is one that the program accepts', () => {
    expect(userConfig.safeParse(JSON.parse(blocks('json')[1] ?? ''))).toMatchObject({ success: true });
  });

  it.each(blocks('sh').flatMap((block) => block.trim().split('\n')))(
    'its commands are scripts of the package: %s',
    (line) => {
      const scripts = [...line.matchAll(/npm (?:run )?(\w+)/g)]
        .map((match) => match[1])
        .filter((name) => name !== 'ci');
      for (const script of scripts) expect(Object.keys(packageJson.scripts)).toContain(script);
    },
  );
});

describe('CHANGELOG.md', () => {
  it('its top entry is the version of the package', () => {
    const [, top] = /^## (\S+)/m.exec(readFileSync('CHANGELOG.md', 'utf8')) ?? [];
    expect(top).toBe(packageJson.version);
  });
});

describe('files of the project', () => {
  it('the lock file records no download address', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved":/);
  });
});
