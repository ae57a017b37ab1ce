import { describe, expect, it } from 'vitest';
import {
  assertsSomething,
  declaresTests,
  keepsSnapshots,
  lostAssertions,
  testFileTest,
} from '../../src/verify/test-files.ts';
import { storyFrom } from './attempts.ts';

describe('a test file', () => {
  const isTest = testFileTest(
    storyFrom({ acceptanceCriteria: ['Verify: bash scripts/check-cart.sh', 'Verify: node bin/shop.js --help'] }),
  );

  it.each([
    'src/cart.test.ts',
    'src/cart.spec.jsx',
    'src/__tests__/cart.ts',
    'test/helpers/stories.ts',
    'tests/fixtures/a.json',
    'packages/cart/test/a.js',
    'tests/test_cart.py',
    'app/cart_test.py',
    'cart/cart_test.go',
    'test/cart_test.dart',
    'src/test/java/CartTest.java',
    'spec/cart_spec.rb',
    'CartTests.cs',
    'scripts/check-cart.sh',
    'SRC/Cart.TEST.ts',
  ])('is %s', (path) => {
    expect(isTest(path)).toBe(true);
  });

  it.each([
    'src/cart.ts',
    'src/testing.ts',
    'spec/openapi.yaml',
    'bin/shop.js',
    'scripts/check-user.sh',
    'docs/test.md',
    'src/latest.ts',
    'contest/a.py',
  ])('is not %s', (path) => {
    expect(isTest(path)).toBe(false);
  });
});

describe('lost assertions', () => {
  const base = "test('adds', () => {\n  expect(total([1, 2])).toBe(3);\n  const x = 1;\n});\n";
  it.each([
    ['none when a case is added', `${base}test('more', () => { expect(1).toBe(1); });\n`, 0],
    [
      'none when lines move or are indented',
      "const x = 1;\n    expect(total([1, 2])).toBe(3);\n  test('adds', () => {\n});\n",
      0,
    ],
    ['none when other lines change', base.replace('x = 1', 'y = 2'), 0],
    ['one when the expected value changes', base.replace('toBe(3)', 'toBe(4)'), 1],
    ['two when all is gone', '', 2],
    ['one when a test is skipped', base.replace("test('adds'", "test.skip('adds'"), 1],
  ])('%s', (_title, attempt, lost) => {
    expect(lostAssertions(base, attempt)).toBe(lost);
  });

  it('are seen in other languages', () => {
    expect(lostAssertions('def test_a():\n    assert total([1]) == 1\n', 'def test_a():\n    assert True\n')).toBe(1);
    expect(lostAssertions('func TestA(t *testing.T) {\n', '')).toBe(1);
    expect(lostAssertions('    assert_eq!(total(&[1]), 1);\n', '')).toBe(1);
  });
});

describe('snapshots', () => {
  const one = 'exports[`one 1`] = `\n1\n`;\n';
  it.each([
    ['an added entry', `${one}\nexports[\`two 1\`] = \`2\`;\n`, true],
    ['another order', `exports[\`two 1\`] = \`2\`;\n\n${one}`, true],
    ['a changed entry', one.replace('\n1\n', '\n2\n'), false],
    ['a removed entry', '', false],
  ])('with %s keep what they held: %s', (_title, attempt, kept) => {
    expect(keepsSnapshots(one, attempt)).toBe(kept);
  });
});

describe('an assertion', () => {
  it.each([
    [
      'node',
      "import assert from 'node:assert';\ntest('a', () => {\n  assert.equal(\n    total([2]),\n    2,\n  );\n});",
    ],
    ['vitest', "it('a', () => {\n  expect(total([2])).toBe(2);\n});"],
    ['ava', "test('a', (t) => {\n  t.is(total([2]), 2);\n});"],
    ['pytest', 'def test_a():\n    assert total([2]) == 2'],
    ['unittest', 'def test_a(self):\n    self.assertEqual(total([2]), 2)'],
    ['go', 'func TestA(t *testing.T) {\n\tif Total(2) != 2 {\n\t\tt.Errorf("got %d", Total(2))\n\t}\n}'],
    ['rust', '#[test]\nfn adds_up() {\n    assert_eq!(total(&[2]), 2);\n}'],
    ['junit', '@Test\nvoid addsUp() {\n    assertEquals(2, Cart.total(2));\n}'],
    ['bats', '@test "adds up" {\n  [ "$(total 2)" = 2 ]\n}'],
    ['testing library', "it('a', () => {\n  render(view);\n  screen.getByText(label);\n});"],
  ])('of %s asks something of the work', (_, text) => {
    expect({ declares: declaresTests(text), asserts: assertsSomething(text) }).toEqual({
      declares: true,
      asserts: true,
    });
  });

  it.each([
    ['nothing', "import assert from 'node:assert';\ntest('a', () => {});"],
    ['what is always true', "import assert from 'node:assert';\ntest('a', () => {\n  assert.ok(true);\n});"],
    ['two literals', "it('a', () => {\n  expect(2).toBe(2);\n});"],
    ['only whether a file is there', "test('a', () => {\n  assert.ok(existsSync('marker.txt'));\n});"],
    ['only that the code loads', "import { total } from '../src/total.js';\ntest('a', () => {\n  total([2]);\n});"],
    ['nothing in Python', 'def test_a():\n    assert True'],
  ])('that says %s does not', (_, text) => {
    expect({ declares: declaresTests(text), asserts: assertsSomething(text) }).toEqual({
      declares: true,
      asserts: false,
    });
  });
});
