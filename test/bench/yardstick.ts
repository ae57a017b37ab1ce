import { firstLineOf } from '../../src/models/scripted/conversations.ts';
import type { Turn } from '../../src/models/scripted/turn.ts';
import { blocksIn, type WireRequest } from '../../src/models/scripted/wire.ts';
import type { Files } from '../helpers/repository.ts';
import type { Piece } from './play.ts';

/** One small story: the files it writes, with their lines, and those it must have seen before. */
interface Small {
  readonly id: string;
  readonly model: 'opus' | 'haiku';
  readonly writes: readonly (readonly [path: string, lines: number])[];
  readonly reads: readonly string[];
  /** The first try is wrong, and the check says so. */
  readonly corrects?: boolean;
}

/** Ten small stories, three of them architectural, each writing 1-3 files of 20-80 lines; two need one correction. */
const stories: readonly Small[] = [
  {
    id: 'Y-01',
    model: 'opus',
    writes: [
      ['src/core/ledger.js', 80],
      ['src/core/events.js', 40],
    ],
    reads: ['src/base/clock.js'],
  },
  {
    id: 'Y-02',
    model: 'opus',
    writes: [['src/core/registry.js', 60]],
    reads: ['src/base/config.js', 'src/core/ledger.js'],
  },
  {
    id: 'Y-03',
    model: 'opus',
    writes: [
      ['src/core/access.js', 60],
      ['src/core/roles.js', 20],
    ],
    reads: ['src/core/registry.js'],
  },
  { id: 'Y-04', model: 'haiku', writes: [['src/views/totals.js', 40]], reads: ['src/core/ledger.js'] },
  {
    id: 'Y-05',
    model: 'haiku',
    writes: [
      ['src/views/history.js', 60],
      ['src/views/row.js', 20],
    ],
    reads: ['src/core/events.js'],
    corrects: true,
  },
  { id: 'Y-06', model: 'haiku', writes: [['src/views/menu.js', 20]], reads: ['src/core/access.js'] },
  {
    id: 'Y-07',
    model: 'haiku',
    writes: [
      ['src/export/csv.js', 40],
      ['src/export/json.js', 20],
      ['src/export/index.js', 20],
    ],
    reads: ['src/core/ledger.js'],
  },
  { id: 'Y-08', model: 'haiku', writes: [['src/export/print.js', 60]], reads: ['src/base/text.js'], corrects: true },
  { id: 'Y-09', model: 'haiku', writes: [['src/views/search.js', 40]], reads: ['src/core/events.js'] },
  { id: 'Y-10', model: 'haiku', writes: [['src/views/help.js', 20]], reads: ['src/base/text.js'] },
];

/** A repository of about 30 files: what is there, and a check for each story to come. */
export function yardstick(): Piece {
  return { files: { ...repositoryFiles(), 'PRD.json': prd() }, script: ({ request }) => answer(request) };
}

function repositoryFiles(): Files {
  const there = ['clock', 'config', 'text', 'money', 'ids', 'dates', 'errors', 'http'].map((name) => [
    `src/base/${name}.js`,
    moduleText(`src/base/${name}.js`, 40),
  ]);
  const pages = ['home', 'about', 'login', 'profile', 'settings', 'news'].map((name) => [
    `src/pages/${name}.js`,
    moduleText(`src/pages/${name}.js`, 30),
  ]);
  const checks = stories.map((story) => [checkOf(story), checkText(story)]);
  return {
    ...Object.fromEntries([...there, ...pages, ...checks]),
    'package.json': '{ "name": "yardstick", "type": "module", "private": true }\n',
    'README.md': '# yardstick\n\nA ledger with a few pages. `node --test` runs everything.\n',
    'AGENTS.md': 'Plain ES modules, one export per concern, no dependencies.\nTests are `node --test`.\n',
  };
}

function prd(): string {
  const userStories = stories.map(({ id, model, writes, reads }, index) => ({
    id,
    title: `Write ${writes[0]?.[0]}`,
    implementModel: model,
    acceptanceCriteria: [
      ...writes.map(
        ([path, lines]) =>
          `\`${path}\` exports \`rule1\` to \`rule${rulesIn(lines)}\`; \`ruleN(value)\` returns its name when \`value\` is above N, else null`,
      ),
      `It follows \`${reads[0]}\``,
      `Verify: node --test ${checkOf({ id })} — no failures`,
    ],
    priority: index + 1,
    files: writes.map(([path]) => path),
    passes: false,
  }));
  return `${JSON.stringify({ project: 'yardstick', userStories }, null, 2)}\n`;
}

function checkOf({ id }: Pick<Small, 'id'>): string {
  return `test/${id.toLowerCase()}.test.js`;
}

function checkText({ id, writes }: Small): string {
  const tests = writes.map(
    ([path, lines]) => `test('${path}', async () => {
  const rules = await import('../${path}');
  assert.equal(Object.keys(rules).length, ${rulesIn(lines)});
  assert.equal(rules.rule${rulesIn(lines)}(99), '${ruleName(path, rulesIn(lines))}');
  assert.equal(rules.rule1(0), null);
});`,
  );
  return `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n\n// ${id}\n${tests.join('\n\n')}\n`;
}

/** Three lines a rule, and one between two of them. */
function rulesIn(lines: number): number {
  return lines / 4;
}

function ruleName(path: string, n: number): string {
  return `${path.split('/').at(-1)?.replace('.js', '')}-${n}`;
}

function moduleText(path: string, lines: number): string {
  const rules = Array.from({ length: Math.round(rulesIn(lines)) }, (_, index) => index + 1).map(
    (n) => `export function rule${n}(value) {\n  return value > ${n} ? '${ruleName(path, n)}' : null;\n}\n`,
  );
  return rules.join('\n');
}

const finish = { tool: 'finish', input: { status: 'done', summary: 'Done as the criteria say.', criteria: [] } };

/** Reads what it was not shown, writes, runs the check, corrects where it is told to, and says that it is done. */
function answer(request: WireRequest): Turn {
  const story = stories.find(({ id }) => firstLineOf(request).includes(id));
  const first = blocksIn(request.messages[0]?.content)
    .map(({ text }) => String(text ?? ''))
    .join('');
  if (story === undefined || !first.startsWith('# Story')) return { say: 'Nothing to add.', calls: [] };
  const missing = story.reads.filter((path) => !first.includes(`<file path="${path}">`));
  const turns = [
    ...(missing.length === 0 ? [] : [[{ tool: 'read', input: { files: missing.map((path) => ({ path })) } }]]),
    [...story.writes.map((target) => write(target, story.corrects === true && target === story.writes[0])), run(story)],
    ...(story.corrects ? [[...story.writes.slice(0, 1).map(correct), run(story)]] : []),
    [finish],
  ];
  const said = request.messages.filter(({ role }) => role === 'assistant').length;
  return { calls: turns[said] ?? [finish] };
}

function write([path, lines]: Small['writes'][number], wrong: boolean) {
  const text = moduleText(path, lines);
  const last = `'${ruleName(path, rulesIn(lines))}'`;
  return { tool: 'write', input: { path, content: wrong ? text.replace(last, "'wrong'") : text } };
}

function correct([path, lines]: Small['writes'][number]) {
  const edits = [{ old: "'wrong'", new: `'${ruleName(path, rulesIn(lines))}'` }];
  return { tool: 'edit', input: { path, edits } };
}

function run(story: Small) {
  return { tool: 'run', input: { command: `node --test ${checkOf(story)}` } };
}
