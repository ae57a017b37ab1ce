import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCriterion } from '../../src/prd/criterion.ts';
import type { Expectation, Reading } from '../../src/prd/prd.ts';

const checks = new Map([
  ['typecheck', 'npx tsc --noEmit'],
  ['test', 'npm test'],
  ['build', 'npm run build'],
  ['lint', 'npm run lint'],
]);
const programs = new Set(['shop', 'make e2e-smoke']);
const read = (text: string, options = {}) => readCriterion(text, checks, { programs, ...options });
const exit = (code: Expectation['exit']): Expectation => ({ exit: code, output: null });

/** A command in short: what runs, and only what is not usual. */
function brief(reading: Reading): object | string {
  if (reading.kind === 'prose') return reading.why;
  if (reading.kind === 'check') return { names: reading.names, remark: reading.remark };
  const { run, expect: wanted, cwd, remark } = reading.command;
  return {
    run,
    ...(wanted.exit !== 0 && { exit: wanted.exit }),
    ...(wanted.output !== null && { output: wanted.output }),
    ...(cwd && { cwd }),
    ...(remark && { remark }),
  };
}

describe('several code spans', () => {
  it('each with a demand of its own are commands of one criterion', () => {
    const reading = read('`cargo test` passes, and `shop --bad` exits 2.');
    expect(reading).toMatchObject({
      kind: 'check',
      names: [],
      commands: [
        { run: 'cargo test', expect: exit(0) },
        { run: 'shop --bad', expect: exit(2) },
      ],
      unresolved: [],
      remark: null,
    });
  });

  it('keep what is said behind a demand as a remark', () => {
    const reading = read('`cargo test` passes; `shop status` reports ALL OK (the gate stays green)');
    expect(reading).toMatchObject({
      kind: 'check',
      commands: [{ run: 'cargo test' }, { expect: { exit: null, output: { kind: 'contains', text: 'ALL OK' } } }],
      remark: '(the gate stays green)',
    });
  });

  it('inside brackets at the end only explain', () => {
    expect(brief(read('`grep -c old a.txt` prints 0 (no `old` is left, `new` is)'))).toEqual({
      run: 'grep -c old a.txt',
      exit: null,
      output: { kind: 'last-line', text: '0' },
      remark: 'no `old` is left, `new` is',
    });
  });
});

describe('leads', () => {
  it.each([
    ['Verify: npm test'],
    ['verify: npm test'],
    ['VERIFY : npm test'],
    ['Verification: npm test'],
    ['Check: npm test'],
    ['Run: npm test'],
    ['Run npm test'],
    ['Run `npm test`'],
    ['Quality gate: npm test'],
    ['Verify:npm test'],
    ['Verify：npm test'],
    ['- Verify: npm test'],
    ['* Verify: npm test'],
    ['- [ ] Verify: npm test'],
    ['[x] Verify: npm test'],
    ['3. Verify: npm test'],
    ['**Verify:** npm test'],
    ['**Verify**: `npm test`'],
    ['__Verify:__ npm test'],
    ['Verify: `npm test`'],
    ['Verify: ``npm test``'],
    ['Verify: npm test.'],
    ['  Verify: npm test  '],
    ['Test: npm test'],
    ['Tests: `npm test`'],
    ['Tests pass: npm test'],
    ['Tests pass (npm test)'],
    ['Tests pass (`npm test`)'],
    ['Tests pass: `npm test`'],
    ['Tests pass: npm test exits 0.'],
    ['Tests pass — npm test'],
    ['Tests pass with npm test'],
    ['Tests pass with: npm test'],
    ["Tests pass with 'npm test'"],
    ['Tests pass via `npm test`'],
    ['All unit tests pass locally (npm test)'],
    ['Integration tests with the database pass: npm test exits 0'],
    ['Script runs without errors: `npm test`'],
    ['The following command succeeds: `npm test`'],
    ['Running `npm test` passes'],
    ['Verification passes with `npm test`.'],
  ])('%s', (text) => {
    expect(brief(read(text))).toEqual({ run: 'npm test' });
  });

  it('a lead needs no expectation, everything else does', () => {
    for (const text of ['npm test', '`npm test`', 'go test ./...', '! grep -r TODO src'])
      expect(brief(read(text))).toBe('plain');
  });

  it('a field that holds verifications only is a lead', () => {
    expect(brief(read('npm test', { field: true }))).toEqual({ run: 'npm test' });
    expect(brief(read('task fixpoint', { field: true }))).toEqual({ run: 'task fixpoint' });
    expect(brief(read('npm test output shows the names', { field: true }))).toBe('plain');
    expect(brief(read('make sure it works', { field: true }))).toBe('plain');
  });
});

describe('as people write it', () => {
  it.each<[string, object]>([
    ['Verify: flutter analyze — no errors', { run: 'flutter analyze' }],
    ['Run: python3 -m pytest tests -q — 0 failures', { run: 'python3 -m pytest tests -q' }],
    ['Run: python3 -m pytest tests -q – all pass', { run: 'python3 -m pytest tests -q' }],
    ['Tests pass: uv run pytest tests/unit exits 0', { run: 'uv run pytest tests/unit' }],
    ['Typecheck passes: uv run ruff check . exits 0.', { run: 'uv run ruff check .' }],
    ['Typecheck passes (npx tsc -b)', { run: 'npx tsc -b' }],
    ['cd web && npm test passes', { run: 'cd web && npm test' }],
    ['npm run build succeeds in docs/', { run: 'npm run build', cwd: 'docs' }],
    ['npm run build in docs-site/ succeeds', { run: 'npm run build', cwd: 'docs-site' }],
    ['`npm test` passes in the packages/api folder', { run: 'npm test', cwd: 'packages/api' }],
    ['npm test passes from the repo root', { run: 'npm test' }],
    [
      '`grep -rn legacy src | wc -l` prints 0',
      { run: 'grep -rn legacy src | wc -l', exit: null, output: { kind: 'last-line', text: '0' } },
    ],
    ['`rg TODO src` returns 0 hits', { run: 'rg TODO src', exit: 1, output: { kind: 'empty' } }],
    ['`shop --bad` exits 2', { run: 'shop --bad', exit: 2 }],
    ['npx vitest run 通过', { run: 'npx vitest run' }],
    ['npm start funciona sem erros', { run: 'npm start' }],
    ['Run `npm test` - exits with code 0', { run: 'npm test' }],
    ['npm test 2>&1 | tail -5 — no errors', { run: 'npm test 2>&1 | tail -5' }],
    ['npm run typecheck --prefix ui exits 0.', { run: 'npm run typecheck --prefix ui' }],
    ['( cd web && npm test ) passes', { run: '( cd web && npm test )' }],
    ['cargo clippy -- -D warnings passes', { run: 'cargo clippy -- -D warnings' }],
    ['bun run check passes', { run: 'bun run check' }],
    ['make lint passes', { run: 'make lint' }],
    ['make e2e-smoke passes', { run: 'make e2e-smoke' }],
    ['Verify: go test ./...', { run: 'go test ./...' }],
    ['Verify: go test ./... — passes', { run: 'go test ./...' }],
    ['Verify: ruff check .', { run: 'ruff check .' }],
    ['Verify: test -s out.csv', { run: 'test -s out.csv' }],
    ['Verify: true', { run: 'true' }],
    ['! grep -rq TODO src passes', { run: '! grep -rq TODO src' }],
    ['DEBUG=1 npm test passes', { run: 'DEBUG=1 npm test' }],
    ['time npm test passes', { run: 'time npm test' }],
    ['`make && ./bin/x` exits 0', { run: 'make && ./bin/x' }],
    ['Verify: npm test || true', { run: 'npm test || true' }],
    ['./scripts/check.sh exits 0', { run: './scripts/check.sh' }],
    ['Run ./setup.sh successfully (needs a minute)', { run: './setup.sh', remark: '(needs a minute)' }],
    ['bash smoke.sh exits 0 and prints the answer.', { run: 'bash smoke.sh', remark: 'prints the answer' }],
    [
      'pnpm dev starts the playground without errors',
      { run: 'pnpm dev', remark: 'starts the playground without errors' },
    ],
    ['Verify: npm test — looks fine', { run: 'npm test', remark: 'looks fine' }],
    ['`cargo clippy` passes with no warnings', { run: 'cargo clippy', remark: 'with no warnings' }],
    ['npx eslint . --max-warnings 0 passes with no warnings', { run: 'npx eslint . --max-warnings 0' }],
    ['Verify: npm test (unit only)', { run: 'npm test', remark: '(unit only)' }],
    ['Run `npm test` and verify that all tests pass', { run: 'npm test' }],
    ['Tests pass (npm test) on Node 20', { run: 'npm test', remark: 'on Node 20' }],
    ['Tests pass (`npm test`) on Node 20', { run: 'npm test', remark: 'on Node 20' }],
  ])('%s', (text, expected) => {
    expect(brief(read(text))).toEqual(expected);
  });
});

describe('expectations', () => {
  it.each<[string, Expectation]>([
    ...[
      ...[
        'passes',
        'pass',
        'all pass',
        'passing',
        'succeeds',
        'is clean',
        'green',
        'compiles',
        'exits 0',
        'exit code 0',
        'still passes',
      ],
      ...[
        'exits with code 0',
        'exits with status 0',
        'without errors',
        'without any errors',
        'no errors',
        'no failures',
        '0 failures',
      ],
      ...[
        'zero errors',
        'completes successfully',
        'runs without error',
        'exits cleanly',
        'reports no issues',
        'must pass',
        'passes all tests',
      ],
      ...[
        '通过',
        'без ошибок',
        'sem erros',
        'passando',
        'funciona sem erros',
        'sin errores',
        'pasa',
        'sans erreur',
        'ohne Fehler',
        'エラーなし',
        '통과',
      ],
    ].map((words): [string, Expectation] => [words, exit(0)]),
    ['exits 2', exit(2)],
    ['exit code 2', exit(2)],
    ['exits with status 2', exit(2)],
    ['returns exit code 3', exit(3)],
    ['fails with exit code 4', exit(4)],
    ['fails', exit('nonzero')],
    ['exits non-zero', exit('nonzero')],
    ['exits with a non-zero code', exit('nonzero')],
    ['prints "ok"', { exit: null, output: { kind: 'contains', text: 'ok' } }],
    ["outputs 'two words'", { exit: null, output: { kind: 'contains', text: 'two words' } }],
    ['shows “ok”', { exit: null, output: { kind: 'contains', text: 'ok' } }],
    ['output contains "ok"', { exit: null, output: { kind: 'contains', text: 'ok' } }],
    ['prints 0', { exit: null, output: { kind: 'last-line', text: '0' } }],
    ['outputs 3', { exit: null, output: { kind: 'last-line', text: '3' } }],
    ['prints nothing', { exit: null, output: { kind: 'empty' } }],
    ['produces no output', { exit: null, output: { kind: 'empty' } }],
    ['prints 0 and exits 1', { exit: 1, output: { kind: 'last-line', text: '0' } }],
    ['exits 1 and prints "no"', { exit: 1, output: { kind: 'contains', text: 'no' } }],
    ['exits 0 with no errors', exit(0)],
  ])('`npm test` %s', (words, wanted) => {
    expect(read(`\`npm test\` ${words}`)).toMatchObject({
      kind: 'command',
      command: { run: 'npm test', expect: wanted },
    });
    expect(read(`Verify: npm test — ${words}`)).toMatchObject({
      kind: 'command',
      command: { run: 'npm test', expect: wanted },
    });
    expect(read(`npm test ${words}.`)).toMatchObject({ kind: 'command', command: { run: 'npm test', expect: wanted } });
  });

  it.each<[string, Expectation]>([
    ['`grep -r x src` returns no results', { exit: 1, output: { kind: 'empty' } }],
    ['`rg x src` no matches', { exit: 1, output: { kind: 'empty' } }],
    ['`git grep x` finds nothing', { exit: 1, output: { kind: 'empty' } }],
    ['`cat a | grep x` prints nothing', { exit: 1, output: { kind: 'empty' } }],
    ['`! grep -r x src` returns no matches', { exit: 0, output: { kind: 'empty' } }],
    ['`find . -name "*.py"` returns nothing', { exit: null, output: { kind: 'empty' } }],
    ['`grep -c x file` returns 3', { exit: null, output: { kind: 'last-line', text: '3' } }],
    ['`ls | wc -l` returns 3', { exit: null, output: { kind: 'last-line', text: '3' } }],
    ['`npm test` returns 3', exit(3)],
  ])('depending on the tool: %s', (text, wanted) => {
    expect(read(text)).toMatchObject({ kind: 'command', command: { expect: wanted } });
  });

  it.each([
    ['no warnings'],
    ['no new failures'],
    ['no console errors'],
    ['under 2 s'],
    ['anything a person would say'],
  ])('unchecked words are a remark: %s', (words) => {
    expect(brief(read(`Verify: npm test — ${words}`))).toEqual({ run: 'npm test', remark: words });
  });

  it.each([
    ['contradicts itself', 'Verify: npm test — exits 0 and exits 2'],
    ['cannot be met', 'Verify: `npm test` exits 300'],
    ['speaks of an exit code nobody can check', 'Verify: npm test — should never exit with anything odd'],
    ['names a folder outside', 'Verify: npm test passes in ../other/'],
    ['names a folder of one person', 'Verify: npm test in ~/shop/'],
  ])('an expectation that %s runs nothing', (_name, text) => {
    expect(brief(read(text))).toBe('ambiguous');
  });

  it('a situation that the command does not arrange is no expectation', () => {
    for (const words of [
      'when a file is bad',
      'if the server is up',
      'unless it is Monday',
      'on bad input',
      'for bad input',
    ]) {
      expect(brief(read(`\`npm run lint\` exits 1 ${words}`))).toBe('plain');
      expect(brief(read(`Verify: npm run lint — exits 1 ${words}`))).toBe('verify-prose');
    }
  });
});

describe('prose is never executed', () => {
  it.each([
    ['Make sure the badge is red'],
    ['make sure the badge is red'],
    ['Test that it saves'],
    ['test that it saves without errors'],
    ['Go to /login'],
    ['Task list shows three rows'],
    ['Run button is disabled'],
    ['Run history lists retries'],
    ['Find bar opens'],
    ['npm test output shows the file names'],
    ['npm run build script exists in package.json'],
    ['`CartController` has `clear()`'],
    ['`shop` command prints help when called without arguments'],
    ['Test: adding an item updates the badge'],
    ['Test: `cart.total()` returns 3'],
    ['Verify that the badge is red'],
    ['git history is clean'],
    ['make changes successfully'],
    ['test coverage is green'],
    ['swift response without errors'],
    ['node is selected without errors'],
    ['cat pictures load successfully'],
    ['docker works'],
    ['just works'],
    ['go green'],
    ['black screen is gone'],
    ['time is correct and passes'],
    ['make test, make lint and make build all execute successfully'],
    ['Run bun run tools --help and verify help text'],
    ['node cli.js -- prints 3'],
    ['`src/cart.ts` compiles'],
    ['./src/cart.ts compiles'],
    ['npm run passes'],
    ['通过'],
    ['без ошибок'],
    ['passes'],
    ['no errors'],
    [''],
    ['`'],
    ['``'],
    ['Verify:'],
  ])('%s', (text) => {
    expect(read(text).kind).toBe('prose');
  });

  it.each<[string, string]>([
    ['Verify: file exists and is not empty', 'verify-prose'],
    ['Verify: the badge is red', 'verify-prose'],
    ['Check: dist/app.js exists', 'verify-prose'],
    ['`make` then `./bin/x` prints 0', 'ambiguous'],
    ['`npm test` passes and `npm run lint` too', 'ambiguous'],
    ['`grep -c x a.txt` prints 0 (`x` is gone) in `a.txt`', 'ambiguous'],
    ['`npm test` and `npm run lint` pass', 'ambiguous'],
    ['Tests pass: `npm test` exits 0 for `npm run x`', 'ambiguous'],
    ['Tests pass (`npm test` and `npm run e2e`)', 'ambiguous'],
    ['Verify: npm test “cart”', 'odd-characters'],
    ['Verify: `npm\u00a0test` passes', 'odd-characters'],
    ['`npm test\u200b` passes', 'odd-characters'],
    ['Verify: npm test –watch=false', 'odd-characters'],
    ['Verify: curl -f http://localhost:<port>/health', 'odd-characters'],
    ['Verify: `npm test\nrm -rf x`', 'odd-characters'],
    ['Verify in browser', 'manual'],
    ['Verify in browser using dev-browser skill', 'manual'],
    ['Manually test in the browser.', 'manual'],
    ['Verify changes work in browser: badge is red', 'plain'],
    ['Verify in browser: badge is red', 'plain'],
    [`Verify: npm test ${'x'.repeat(4_000)}`, 'plain'],
  ])('says why: %s', (text, why) => {
    expect(brief(read(text))).toBe(why);
  });
});

describe('generic phrases', () => {
  it.each<[string, readonly string[]]>([
    ['Typecheck passes', ['typecheck']],
    ['Type check passes', ['typecheck']],
    ['Type-checking passes', ['typecheck']],
    ['TypeScript typecheck passes', ['typecheck']],
    ['Types check', ['typecheck']],
    ['TypeScript compiles without errors', ['typecheck']],
    ['Code compiles with no TypeScript errors', ['typecheck']],
    ['No TypeScript errors', ['typecheck']],
    ['Zero type errors', ['typecheck']],
    ['Tests pass', ['test']],
    ['All tests pass', ['test']],
    ['Unit tests pass', ['test']],
    ['All existing tests still pass', ['test']],
    ['All 42 tests pass', ['test']],
    ['Test suite is green', ['test']],
    ['No existing test regresses', ['test']],
    ['Verify all tests pass', ['test']],
    ['Verify: all tests pass', ['test']],
    ['Build passes', ['build']],
    ['Build succeeds', ['build']],
    ['App builds', ['build']],
    ['Project builds without errors', ['build']],
    ['Frontend builds without errors', ['build']],
    ['It compiles', ['build']],
    ['Lint passes', ['lint']],
    ['Linter is clean', ['lint']],
    ['No lint errors', ['lint']],
    ['Format check passes', ['format']],
    ['E2E tests pass', ['e2e']],
    ['End-to-end tests pass', ['e2e']],
    ['Playwright tests pass', ['e2e']],
    ['Cypress tests pass', ['e2e']],
    ['Typecheck/lint passes', ['typecheck', 'lint']],
    ['Typecheck and tests pass', ['typecheck', 'test']],
    ['tsc, lint and build are green', ['typecheck', 'lint', 'build']],
    ['Quality gates pass', ['typecheck', 'test', 'build', 'lint']],
    ['All checks pass', ['typecheck', 'test', 'build', 'lint']],
    ['CI passes', ['ci']],
    ['CI is green', ['ci']],
    ['deploy.sh passes shellcheck with no errors', ['shellcheck']],
  ])('%s', (text, names) => {
    expect(brief(read(text))).toEqual({ names, remark: null });
  });

  it.each<[string, string, string]>([
    ['tests pass for the cart', 'test', 'for the cart'],
    ['Tests for the cart pass', 'test', 'for the cart'],
    ['Build succeeds with no warnings', 'build', 'with no warnings'],
    ['No lint warnings', 'lint', 'No lint warnings'],
    ['All tests pass, coverage above 80%', 'test', 'coverage above 80%'],
    ['Tests pass (12 of 12)', 'test', '(12 of 12)'],
    ['Tests pass for `src/a.ts` and `src/b.ts`', 'test', 'for `src/a.ts` and `src/b.ts`'],
    ['Project builds and runs on a phone', 'build', 'and runs on a phone'],
  ])('a tail is a remark: %s', (text, name, remark) => {
    expect(brief(read(text))).toEqual({ names: [name], remark });
  });

  it('a name runs the command of the document, with its name', () => {
    expect(read('Tests pass')).toEqual({
      kind: 'check',
      names: ['test'],
      commands: [{ run: 'npm test', expect: exit(0), cwd: null, timeoutMs: null, name: 'test', remark: null }],
      unresolved: [],
      remark: null,
    });
  });

  it('a name the document lacks is unresolved and runs nothing', () => {
    expect(readCriterion('Typecheck and tests pass', new Map([['test', 'npm test']]))).toMatchObject({
      names: ['typecheck', 'test'],
      commands: [{ name: 'test' }],
      unresolved: ['typecheck'],
    });
    expect(readCriterion('All checks pass', new Map())).toMatchObject({
      names: ['checks'],
      commands: [],
      unresolved: ['checks'],
    });
  });

  it.each<[string, string, string]>([
    ['Backend tests pass', 'test:backend', 'test:backend'],
    ['Backend tests pass', 'backend:test', 'backend:test'],
    ['Backend tests pass', 'backend-test', 'backend-test'],
    ['Docker image builds', 'docker-image-build', 'docker-image-build'],
    ['All integration tests pass', 'test:integration', 'test:integration'],
  ])('a qualifier narrows the name: %s finds %s', (text, name, found) => {
    expect(
      readCriterion(
        text,
        new Map([
          ['test', 'all'],
          ['build', 'all'],
          [name, 'some'],
        ]),
      ),
    ).toMatchObject({
      names: [found],
      commands: [{ run: 'some' }],
      unresolved: [],
    });
  });

  it.each([
    ['Backend tests pass', 'backend-test'],
    ['Image builds and pushes.', 'image-build'],
    ['No existing parser or corpus test regresses', 'parser-corpus-test'],
    ['Client typecheck passes', 'client-typecheck'],
  ])('a qualifier nobody knows never runs the whole suite: %s', (text, name) => {
    expect(read(text)).toMatchObject({ names: [name], commands: [], unresolved: [name] });
  });

  it.each([
    ['Form passes validation'],
    ['Tests pass the token to the API'],
    ['Build script is documented'],
    ['Unit tests cover the empty cart'],
    ['Support types: success, error, info'],
    ['Type check box is shown'],
    ['Lint rule forbids default exports'],
    ['Path builds the URL from the slug'],
    ['Query builds correctly'],
    ['When tests pass, the badge is green'],
    ['Users should see that tests pass'],
    ['No tests are deleted'],
    ['CI builds the Docker image'],
    ['Checks the cart before payment'],
    ['Build status badge is green in the README'],
  ])('%s is a sentence', (text) => {
    expect(read(text).kind).toBe('prose');
  });
});

describe('whatever the text', () => {
  const pieces = fc.constantFrom(
    ...[
      'Verify:',
      'Run',
      'npm test',
      '`',
      '``',
      'passes',
      'exits',
      '0',
      '2',
      '—',
      '-',
      '--',
      ':',
      '"',
      "'",
      '“',
      '(',
      ')',
      '&&',
      '|',
      '\\',
    ],
    ...[
      'Tests',
      'pass',
      'no',
      'errors',
      'and',
      'in',
      'docs/',
      '../x',
      'prints',
      'make',
      'lint',
      '.',
      ',',
      '\n',
      '\u200b',
      '通过',
      'é',
      '$(',
    ],
  );
  const sentences = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(' '));
  const commandsOf = (reading: Reading): readonly string[] => (reading.kind === 'command' ? [reading.command.run] : []);

  it('the grammar never throws, and a command is a piece of the text', () => {
    const anyText = fc.oneof(sentences, fc.string({ unit: 'binary' }), fc.string());
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, field) => {
        for (const run of commandsOf(readCriterion(text, checks, { field }))) {
          expect(text).toContain(run);
          expect(run.trim()).toBe(run);
          expect(run).not.toBe('');
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('a named check runs the very command of the document', () => {
    fc.assert(
      fc.property(sentences, (text) => {
        const reading = readCriterion(text, checks);
        if (reading.kind !== 'check') return;
        for (const command of reading.commands) expect(checks.get(command.name ?? '')).toBe(command.run);
        expect(reading.names.length).toBe(reading.commands.length + reading.unresolved.length);
      }),
      { numRuns: 3_000 },
    );
  });

  it('control and invisible characters never run', () => {
    const odd = fc.constantFrom('\0', '\u0007', '\n', '\r', '\u00a0', '\u200b', '\u202e', '\ufeff', '\u2028', '‘', '”');
    fc.assert(
      fc.property(odd, fc.nat(8), (character, at) => {
        const text = `npm test${'x'.repeat(1)}`;
        const command = `${text.slice(0, at)}${character}${text.slice(at)}`.trim();
        fc.pre(command.includes(character));
        expect(readCriterion(`Verify: \`${command}\` passes`, checks).kind).toBe('prose');
      }),
    );
  });

  it('time is linear in the length of a text', () => {
    for (const unit of [
      'a',
      ' ',
      '`',
      '(',
      '"',
      "'",
      '-',
      ' — ',
      'and ',
      'pass ',
      '\u0301',
      '- [ ] ',
      '“',
      'npm ',
      'a/',
      '.',
      'in a/b ',
    ]) {
      const started = performance.now();
      for (const lead of ['', 'Verify: ', 'npm test ', '`npm test` ', 'Tests pass '])
        read(lead + unit.repeat(Math.floor(3_900 / unit.length)));
      expect(performance.now() - started, `3,900 characters of ${JSON.stringify(unit)}`).toBeLessThan(400);
    }
  });
});
