import { afterEach, describe, expect, it } from 'vitest';
import { checkPrd } from '../../src/land/gate.ts';
import type { Files } from '../helpers/repository.ts';
import { type OpenedRepository, openedRepository } from '../workspace/opened-repository.ts';
import { attempt, landAttempt, prdAt } from './pipeline.ts';

const nodeTest = "import { test } from 'node:test';\nimport assert from 'node:assert';\n";
const cartTest = `${nodeTest}import { total } from '../src/cart.js';\ntest('adds', () => assert.equal(total([1, 2]), 3));\n`;
const manifest = (fields: object = {}) =>
  `${JSON.stringify({ name: 'shop', type: 'module', scripts: { test: 'node --test' }, ...fields }, null, 2)}\n`;

const shop = {
  'package.json': manifest(),
  'src/cart.js': 'export const total = (xs) => xs.reduce((a, b) => a + b);\n',
  'test/cart.test.js': cartTest,
};

interface OrdinaryStory {
  readonly title: string;
  readonly criteria: readonly string[];
  readonly base: Files;
  readonly work: Files;
  /** Files of the landing, without those of `prd` itself. */
  readonly lands: readonly string[];
}

const stories: readonly (readonly [string, OrdinaryStory])[] = [
  [
    'a story that scaffolds a project',
    {
      title: 'Set up the project',
      criteria: ['Verify: npm test'],
      base: { 'README.md': '# shop\n' },
      work: {
        ...shop,
        'package-lock.json': '{}\n',
        'tsconfig.json': '{}\n',
        'eslint.config.js': 'export default [];\n',
        '.gitignore': 'node_modules/\n',
      },
      lands: [
        '.gitignore',
        'eslint.config.js',
        'package-lock.json',
        'package.json',
        'src/cart.js',
        'test/cart.test.js',
        'tsconfig.json',
      ],
    },
  ],
  [
    'a story that adds a dependency',
    {
      title: 'Use picomatch for search',
      criteria: ['Verify: node --test'],
      base: shop,
      work: {
        'package.json': manifest({ dependencies: { picomatch: '4.0.7' } }),
        'package-lock.json': '{ "lockfileVersion": 3 }\n',
        'src/search.js': 'export const search = (xs, word) => xs.filter((x) => x.includes(word));\n',
        'test/search.test.js': `${nodeTest}import { search } from '../src/search.js';\ntest('finds', () => assert.deepEqual(search(['ab', 'c'], 'a'), ['ab']));\n`,
      },
      lands: ['package-lock.json', 'package.json', 'src/search.js', 'test/search.test.js'],
    },
  ],
  [
    'a story that adds a case to an existing test file',
    {
      title: 'An empty cart costs nothing',
      criteria: ['Verify: node --test'],
      base: shop,
      work: {
        'src/cart.js': 'export const total = (xs) => xs.reduce((a, b) => a + b, 0);\n',
        'test/cart.test.js': `${cartTest}test('empty', () => assert.equal(total([]), 0));\n`,
      },
      lands: ['src/cart.js', 'test/cart.test.js'],
    },
  ],
  [
    'a story that edits `.env.example`',
    {
      title: 'Document the payment key',
      criteria: ['Verify: grep -q STRIPE_KEY .env.example'],
      base: { ...shop, '.env.example': 'PORT=\n' },
      work: { '.env.example': 'PORT=\nSTRIPE_KEY=\n' },
      lands: ['.env.example'],
    },
  ],
  [
    'a story that adds a CI workflow',
    {
      title: 'Add a CI workflow',
      criteria: ['Verify: grep -q "npm test" .github/workflows/ci.yml'],
      base: shop,
      work: {
        '.github/workflows/ci.yml':
          'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n',
      },
      lands: ['.github/workflows/ci.yml'],
    },
  ],
];

describe('over real git', () => {
  let repo: OpenedRepository;
  afterEach(async () => {
    await repo.cleanup();
  });

  it.each(stories)('%s passes without any special field', async (_title, { title, criteria, base, work, lands }) => {
    const prd = `${JSON.stringify({ userStories: [{ id: 'US-001', title, acceptanceCriteria: criteria, passes: false }] }, null, 2)}\n`;
    repo = await openedRepository({ files: { ...base, 'PRD.json': prd } });
    const attempted = await attempt(repo, 'US-001', work);
    expect(attempted.verdict).toMatchObject({ kind: 'passed', strength: 'proven' });
    expect(attempted.policy).toMatchObject({ dropped: [], tampered: [] });
    const { landed } = await landAttempt(repo, attempted);
    expect(landed).toMatchObject({ kind: 'landed', branch: 'main', flipped: true, followed: 'followed' });
    const changed = await repo.git('diff', '--name-only', repo.base, 'HEAD');
    expect(changed.split('\n').filter((path) => path !== 'PRD.json' && !path.startsWith('.prd/'))).toEqual(lands);
    expect(await gateExit(repo)).toBe(0);
  });
});

async function gateExit(repo: OpenedRepository): Promise<number> {
  const head = (await repo.checkout.tip('main')) ?? '';
  const paths = await repo.vault.paths(head);
  const blobs = new Map([...(await repo.vault.blobs(head, paths))].map(([path, { blob }]) => [path, blob]));
  const evidence = new Map<string, string>();
  for (const path of paths.filter((each) => each.startsWith('.prd/evidence/')))
    evidence.set(path, (await repo.vault.read(head, path)) ?? '');
  const rules = {
    stories: null,
    allPass: true,
    minPercent: null,
    require: 'proven',
    requireSandbox: null,
    strict: true,
  } as const;
  return checkPrd({ prd: await prdAt(repo, head), head: { blobs, prdPath: 'PRD.json' }, evidence, base: null, rules })
    .exit;
}
