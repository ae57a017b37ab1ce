import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filesJudging, filesNamedIn } from '../../src/verify/command-paths.ts';
import { programsOf, shellWords } from '../../src/verify/command-words.ts';

describe('the words of a shell line', () => {
  it.each([
    ['npm test', ['npm', 'test']],
    [`grep -q "two words" 'a b'c\\ d`, ['grep', '-q', 'two words', 'a bc d']],
    ['a&&b||c|d;e', ['a', '&&', 'b', '||', 'c', '|', 'd', ';', 'e']],
    ['a > out.txt 2>&1', ['a', '>', 'out.txt', '2>&1']],
    ['a >> out.txt', ['a', '>>', 'out.txt']],
    ['(cd web\nnpm test)', ['(', 'cd', 'web', '\n', 'npm', 'test', ')']],
    ['echo "say \\"hi\\""', ['echo', 'say "hi"']],
  ])('`%s` are %j', (command, words) => {
    expect(shellWords(command)).toEqual(words);
  });

  it('of any text are found without failing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => Array.isArray(programsOf(text)) && Array.isArray(filesNamedIn(text, null))),
    );
  });
});

describe('the programs of a shell line', () => {
  it.each([
    ['npm run lint && npm test', ['npm', 'npm']],
    ['CI=1 FORCE_COLOR=0 npx -y vitest run', ['vitest']],
    ['cd web && pnpm exec jest', ['jest']],
    ['pnpm test', ['pnpm']],
    ['yarn run test', ['yarn']],
    ['npm exec -- vitest run', ['vitest']],
    ['uv run pytest -q', ['pytest']],
    ['python3 -m pytest', ['pytest']],
    ['node node_modules/.bin/mocha', ['mocha']],
    ['node bin/shop.js', ['node']],
    ['! grep -q x src/a.ts', ['grep']],
    ['(cd a && make) | tee log', ['make', 'tee']],
    ['time', ['time']],
    ['', []],
  ])('`%s` are %j', (command, programs) => {
    expect(programsOf(command).map(({ program }) => program)).toEqual(programs);
  });

  it('know what is hidden and where it starts', () => {
    expect(programsOf('cd web && cd app && npx vitest run > out | tail -1')).toMatchObject([
      { program: 'vitest', folder: 'web/app', hidden: true },
      { program: 'tail', folder: 'web/app', hidden: false },
    ]);
  });
});

describe('the files that a command names', () => {
  it.each([
    ['node --test test/cart.test.js', null, ['test/cart.test.js']],
    ['npx vitest run src/cart', null, []],
    ['cd web && npx vitest run src/cart.test.ts', null, ['web/src/cart.test.ts']],
    ['pytest tests/test_cart.py::test_adds', null, []],
    ['node --test cart.test.js', 'packages/cart', ['packages/cart/cart.test.js']],
    ['./scripts/check.sh --fast', null, ['scripts/check.sh']],
    ['bash scripts/check.sh', null, ['scripts/check.sh']],
    ['go test ./...', null, []],
    ['curl https://example.com/a.json', null, []],
    ['npx @scope/tool.js', null, []],
    ['tsc --outDir dist.d -o build/out.js src/main.ts', null, ['src/main.ts']],
    ['cat ../secret.txt /etc/passwd.txt', null, []],
    ['echo $HOME/a.txt *.ts', null, []],
    ['node a.js > out.txt', null, ['a.js']],
    ['grep -c 1.5 a.csv', null, ['a.csv']],
  ])('`%s` in %s: %j', (command, cwd, files) => {
    expect(filesNamedIn(command, cwd)).toEqual(files);
  });
});

describe('the files that judge', () => {
  it.each([
    ['npm test -- test/cart.test.js', null, ['test/cart.test.js', 'package.json']],
    ['cd web && pnpm lint', null, ['web/package.json']],
    ['make lint', 'api', ['api/Makefile']],
    ['npx vitest run', null, []],
  ])('with `%s` in %s are %j', (command, cwd, files) => {
    expect(filesJudging(command, cwd)).toEqual(files);
  });
});
