import { describe, expect, it } from 'vitest';
import { prdTest, type Way } from '../helpers/cli.ts';

const clean = {
  id: 'US-1',
  title: 'Clear the cart',
  implementModel: 'delegate',
  acceptanceCriteria: ['Verify: npm test -- src/cart.test.ts'],
  priority: 1,
  passes: false,
  files: ['src/cart.ts'],
};
const vague = {
  ...clean,
  acceptanceCriteria: ['Upload errors are handled appropriately', ...clean.acceptanceCriteria],
};
const config = { lint: { rules: { 'judgment/vague-adverb': 'warning' } } };

/** `lint` on one story, for findings of one rule. */
function lintOf(story: object, ...flags: readonly string[]) {
  return prdTest()
    .prd({ userStories: [story] })
    .args('lint', '--only', 'judgment/vague-adverb', ...flags);
}

describe.each<Way>(['in process', 'spawned'])('lint, %s,', (way) => {
  it('says nothing about a story that decides itself', async () => {
    await prdTest()
      .prd({ $schema: './s.json', userStories: [clean] })
      .args('lint')
      .stdout('no findings · 1 delegate, 0 refine first, 0 keep\n')
      .run(way);
  });

  it('names what only judgment could decide, exit 1', async () => {
    await lintOf(vague)
      .stdout(
        /"Upload errors are handled appropriately"\n +\^{13}\n +PRD\.json:8:9 +error .*\n[\s\S]*1 finding \(1 error\)/,
      )
      .exit(1)
      .run(way);
  });

  it('lists problems of the document among the findings, exit 2', async () => {
    await prdTest()
      .prd({ userStories: [{ ...clean, passes: 'true' }] })
      .args('lint')
      .stdout(/PRD\.json:\d+:\d+ {2}error {4}`passes` must be true or false.*\n +file\/wrong-type\n/)
      .exit(2)
      .run(way);
  });

  it('reads stdin under the name it is given', async () => {
    await prdTest()
      .stdin(JSON.stringify({ userStories: [vague] }))
      .args('lint', '-', '--stdin-filename', 'docs/prd.json', '--only', 'judgment/*', '--format', 'github')
      .stdout(/^::error file=docs\/prd\.json,line=1,col=\d+,title=judgment\/vague-adverb::/)
      .exit(1)
      .run(way);
  });

  it('reads several files, and the worst decides', async () => {
    const { stdout } = await prdTest()
      .file('a/prd.json', { userStories: [clean] })
      .file('b/prd.json', '{ "userStories": [')
      .args('lint', '*/prd.json', '--json')
      .stdout(/^\{/)
      .exit(2)
      .run(way);
    expect(JSON.parse(stdout).findings.map(({ file, rule }: { file: string; rule: string }) => [file, rule])).toEqual([
      ['b/prd.json', 'file/invalid-json'],
    ]);
  });
});

describe('severity', () => {
  it.each<[string, readonly string[], object | null, number]>([
    ['of a rule is its own', [], null, 1],
    ['comes from the configuration', [], config, 0],
    ['of a flag wins over the configuration', ['--rule', 'judgment/vague-adverb=error'], config, 1],
    ['off silences', ['--rule', 'judgment/vague-adverb=off'], null, 0],
    ['of the configuration does not count with --no-config', ['--no-config'], config, 1],
    ['warning fails beyond --max-warnings', ['--max-warnings', '0'], config, 1],
    ['warning does not fail up to --max-warnings', ['--max-warnings', '1'], config, 0],
    ['error does not fail with --exit-zero', ['--exit-zero'], null, 0],
  ])('%s', async (_, flags, own, exit) => {
    const test = lintOf(vague, ...flags).file('.git/HEAD', '');
    if (own !== null) test.file('prd.config.json', own);
    await test
      .stdout(/judgment|no findings/)
      .exit(exit)
      .run();
  });

  it('warnings allowed by the configuration count too', async () => {
    const strict = { lint: { ...config.lint, maxWarnings: 0 } };
    await lintOf(vague)
      .file('prd.config.json', strict)
      .stdout(/1 warning/)
      .exit(1)
      .run();
  });

  it('of a problem is not touched by --exit-zero', async () => {
    await prdTest()
      .file('PRD.json', '')
      .args('lint', '--exit-zero')
      .stdout(/is empty/)
      .exit(2)
      .run();
  });

  it.each([
    [
      ['--rule', 'judgment/vague-adverbs=off'],
      'no lint rule is called `judgment/vague-adverbs`',
      'did you mean `judgment/vague-adverb`?',
    ],
    [
      ['--rule', 'judgment/vague-adverb=fatal'],
      '`--rule judgment/vague-adverb=fatal` needs a severity: error, warning, info or off',
      'run `prd lint --help` for usage',
    ],
    [['--only', 'judgement/*'], 'no lint rule is called `judgement/*`', 'run `prd lint --help` for usage'],
    [['--explain', 'vague'], 'no lint rule is called `vague`', 'run `prd lint --help` for usage'],
    [['--unsafe'], '`--unsafe` goes with `--fix` or `--fix-dry-run`', 'run `prd lint --help` for usage'],
    [['-', '--fix'], '`--fix` cannot write to stdin', 'run `prd lint --help` for usage'],
    [['-', 'PRD.json'], '`-` cannot stand beside other files', 'run `prd lint --help` for usage'],
  ])('%j is a mistake', async (flags, message, hint) => {
    await prdTest()
      .prd({ userStories: [] })
      .args('lint', ...flags)
      .stderr(`error: ${message}\nhint: ${hint}\n`)
      .exit(2)
      .run();
  });

  it('an unknown rule in the configuration is a mistake, not silence', async () => {
    await lintOf(vague)
      .file('prd.config.json', { lint: { rules: { 'judgment/vague-adverbs': 'off' } } })
      .stderr(/^error: no lint rule is called `judgment\/vague-adverbs`\nhint: did you mean/)
      .exit(2)
      .run();
  });
});

describe('a disable in the document', () => {
  const disable = [{ rule: 'judgment/vague-adverb', reason: 'the handler is one function' }];

  it('silences, and SARIF still shows it', async () => {
    await lintOf({ ...vague, lint: { disable } })
      .stdout(/no findings · .* · 1 disabled\n$/)
      .run();
    const { stdout } = await lintOf({ ...vague, lint: { disable } }, '--format', 'sarif')
      .stdout(/^\{/)
      .run();
    expect(JSON.parse(stdout).runs[0].results[0].suppressions).toEqual([
      { kind: 'inSource', justification: 'the handler is one function' },
    ]);
  });

  it('does not count with --no-config: the gate for a change that edits its own gate', async () => {
    await lintOf({ ...vague, lint: { disable } }, '--no-config')
      .stdout(/1 error/)
      .exit(1)
      .run();
  });
});

describe('scope', () => {
  it('of finished stories is only the file, unless all are asked for', async () => {
    const done = { ...vague, passes: true };
    await lintOf(done)
      .stdout(/no findings/)
      .stderr('note: no story is open in `PRD.json`; `--all` judges finished ones too\n')
      .run();
    await lintOf(done, '--all')
      .stdout(/1 error/)
      .exit(1)
      .run();
  });

  it('of a strange document is named by a pointer', async () => {
    const modules = { modules: [vague] };
    await prdTest()
      .prd(modules)
      .args('lint')
      .stdout(/no list of stories; `\/modules` looks like one/)
      .exit(2)
      .run();
    await prdTest()
      .prd(modules)
      .args('lint', '--stories', '/modules')
      .stdout(/1 error/)
      .exit(1)
      .run();
  });

  it('of the repository is compared only on request', async () => {
    const story = { ...clean, acceptanceCriteria: ['Verify: npm run no-such-script'] };
    const test = () =>
      prdTest()
        .prd({ userStories: [story] })
        .file('package.json', { scripts: { test: 'vitest' } });
    await test()
      .args('lint', '--only', 'verify/unknown-command')
      .stdout(/no findings/)
      .run();
    await test()
      .args('lint', '--only', 'verify/unknown-command', '--repo')
      .stdout(/no-such-script/)
      .exit(1)
      .run();
  });
});

describe('fixes', () => {
  const loose =
    '{\n  "userStories": [\n    { "id": "US-1", "title": "A", "acceptanceCriteria": [], "passes": false }, // first\n  ]\n}\n';

  it('are written back, and what is left is told', async () => {
    await prdTest()
      .file('PRD.json', loose)
      .args('lint', '--fix', '--only', 'file/not-strict-json')
      .stdout(/no findings/)
      .stderr('fixed 1 finding in PRD.json\n')
      .writes('PRD.json', loose.replace(', // first', ''))
      .run();
  });

  it('are only shown on a dry run', async () => {
    await prdTest()
      .file('PRD.json', loose)
      .args('lint', '--fix-dry-run')
      .stdout(/^--- a\/PRD\.json\n\+\+\+ b\/PRD\.json\n@@ .* @@\n/)
      .writes('PRD.json', loose)
      .run();
  });

  it('that need a reader are left alone without --unsafe', async () => {
    const twice = { userStories: [clean, clean] };
    const test = (...flags: readonly string[]) =>
      prdTest()
        .prd(twice)
        .args('lint', '--only', 'file/*', ...flags);
    await test('--fix')
      .stdout(/share the id/)
      .exit(1)
      .writes('PRD.json', `${JSON.stringify(twice, null, 2)}\n`)
      .run();
    await test('--fix', '--unsafe')
      .stdout(/no findings/)
      .stderr(/^fixed/)
      .writes('PRD.json', /"US-1"[\s\S]*"id": "(?!US-1")/)
      .run();
  });
});

describe('reports', () => {
  it('explain a rule with its examples', async () => {
    await prdTest()
      .args('lint', '--explain', 'judgment/vague-adverb')
      .stdout(/^judgment\/vague-adverb\n\nflags: {4}.*\nwhy: {6}.*\nseverity: .*\nfix: .*\nbad: .*\ngood: .*\n$/)
      .run();
  });

  it('count what the criteria are', async () => {
    await lintOf(vague, '--stats')
      .stdout(/^2 criteria in 1 story\ncommand +1 +50%\ncheck +0 +0%\nprose +1 +50%\njudgment\/vague-adverb +1 +50%\n$/)
      .run();
    const { stdout } = await lintOf(vague, '--stats', '--json').stdout(/^\{/).run();
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, stories: 1, criteria: 2 });
  });

  it('go to the summary of a GitHub step', async () => {
    await lintOf(vague, '--format', 'github')
      .file('summary.md', 'before\n')
      .env({ GITHUB_STEP_SUMMARY: 'summary.md' })
      .stdout(/^::error/)
      .exit(1)
      .writes('summary.md', /^before\n### prd lint: 1 error, 0 warnings, 0 notes\n/)
      .run();
  });

  it.each(['pretty', 'json', 'sarif', 'github', 'junit'])(
    'in %s are the same bytes on a terminal without colour',
    async (format) => {
      const pipe = await lintOf(vague, '--format', format).stdout(/./).exit(1).run();
      const terminal = await lintOf(vague, '--format', format, '--no-color').tty(80).stdout(/./).exit(1).run();
      expect(terminal.stdout).toBe(pipe.stdout);
    },
  );
});
