import { describe, expect, it } from 'vitest';
import { notesOf, problemsOf, readDocument, readStory } from '../../helpers/documents.ts';

const criteria = (fields: object) => readStory({ id: 'US-1', ...fields }).criteria;
const texts = (fields: object) => criteria(fields).map((criterion) => criterion.text);
const places = (fields: object) => criteria(fields).map((criterion) => criterion.path.slice(2).join('/'));

describe('the key', () => {
  it.each([
    ['acceptanceCriteria'],
    ['acceptance_criteria'],
    ['acceptance'],
    ['criteria'],
    ['dod'],
    ['definitionOfDone'],
    ['doneWhen'],
    ['requirements'],
    ['completionCriteria'],
    ['steps'],
  ])('%s', (key) => {
    expect(texts({ [key]: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(places({ [key]: ['a', 'b'] })).toEqual([`${key}/0`, `${key}/1`]);
  });

  it('of several the first counts, and a definition of done joins it', () => {
    const fields = { steps: ['s'], dod: ['d'], requirements: ['r'], criteria: ['c'] };
    expect(texts(fields)).toEqual(['c', 'd']);
    expect(places(fields)).toEqual(['criteria/0', 'dod/0']);
  });

  it('null and a missing key leave none', () => {
    expect(texts({ acceptanceCriteria: null })).toEqual([]);
    expect(texts({})).toEqual([]);
  });

  it('a number or a boolean is refused', () => {
    expect(problemsOf({ userStories: [{ id: 'US-1', acceptanceCriteria: 5 }] })).toMatchObject([
      { code: 'wrong-type', what: '`acceptanceCriteria`', expected: 'an array of criteria', found: '5' },
    ]);
  });
});

describe('the value', () => {
  it('an element keeps its text as it stands', () => {
    const text = ' - [ ] a\n- [x] b ';
    expect(texts({ acceptanceCriteria: [text] })).toEqual([text]);
  });

  it('empty texts are left out with a note, and the others keep their places', () => {
    const document = readDocument({ userStories: [{ id: 'US-1', acceptanceCriteria: ['', 'b', ' '] }] });
    expect(document.prd.stories[0]?.criteria.map((one) => one.path.at(-1))).toEqual([1]);
    expect(notesOf(document, 'file/dialect')).toEqual([
      'an empty criterion is left out',
      'an empty criterion is left out',
    ]);
  });

  it.each<[string, string, readonly string[]]>([
    ['one sentence', 'Shows the total', ['Shows the total']],
    ['two lines without marks are one', 'Shows the total\nand the tax', ['Shows the total\nand the tax']],
    ['boxes', '- [ ] a\n- [x] b\n- [] c', ['a', 'b', 'c']],
    ['bullets', '* a\n+ b\n• c', ['a', 'b', 'c']],
    ['numbers', '1. a\n2) b', ['a', 'b']],
    ['a line without a mark goes on with the item before', '- a\n  more\r\n- b', ['a more', 'b']],
    ['a heading is dropped, another first line is not', 'Must:\n- a', ['a']],
    ['a first line that says something', 'It works\n- a', ['It works', 'a']],
  ])('one string: %s', (_name, text, expected) => {
    expect(texts({ acceptanceCriteria: text })).toEqual(expected);
    expect(new Set(places({ acceptanceCriteria: text }))).toEqual(new Set(['acceptanceCriteria']));
  });

  it.each([['text'], ['description'], ['criterion'], ['title'], ['name']])('an object with %s', (key) => {
    expect(texts({ acceptanceCriteria: [{ id: 'AC-1', [key]: 'Shows the total', passes: true }] })).toEqual([
      'Shows the total',
    ]);
    expect(places({ acceptanceCriteria: [{ [key]: 'x' }] })).toEqual([`acceptanceCriteria/0/${key}`]);
  });

  it('given, when and then are one sentence', () => {
    const scenario = JSON.parse('{"given": "an empty cart", "when": "it opens", "then": "a hint shows"}');
    expect(texts({ acceptanceCriteria: [scenario] })).toEqual([
      'given an empty cart, when it opens, then a hint shows',
    ]);
  });

  it('nested arrays and groups are flattened in order, each with its own place', () => {
    const fields = { acceptanceCriteria: { functional: ['a', ['b']], technical: ['c'], note: 'd' } };
    expect(texts(fields)).toEqual(['a', 'b', 'c', 'd']);
    expect(places(fields)).toEqual([
      'acceptanceCriteria/functional/0',
      'acceptanceCriteria/functional/1/0',
      'acceptanceCriteria/technical/0',
      'acceptanceCriteria/note',
    ]);
  });

  it('numbers, null and empty objects in the list are no criteria', () => {
    expect(texts({ acceptanceCriteria: [1, null, {}, true, 'a'] })).toEqual(['a']);
  });
});

describe('the object form', () => {
  const command = (criterion: object) => {
    const [read] = criteria({ acceptanceCriteria: [criterion] });
    return read?.reading.kind === 'command' ? read.reading.command : read?.reading;
  };
  const plain = { expect: { exit: 0, output: null }, cwd: null, timeoutMs: null, name: null, remark: null };

  it('canonical', () => {
    const form = { text: 'cart totals', verify: { run: 'npm test -- cart', expect: { exit: 0 }, timeout: '5m' } };
    expect(criteria({ acceptanceCriteria: [form] })).toEqual([
      {
        text: 'cart totals',
        path: ['userStories', 0, 'acceptanceCriteria', 0, 'text'],
        form: 'object',
        reading: { kind: 'command', command: { ...plain, run: 'npm test -- cart', timeoutMs: 300_000 } },
      },
    ]);
  });

  it.each([['testCommand'], ['test_command'], ['command'], ['run'], ['cmd'], ['test'], ['verify']])(
    'command from %s',
    (key) => {
      expect(command({ text: 'x', [key]: 'npm test' })).toEqual({ ...plain, run: 'npm test' });
    },
  );

  it('without a text, the command is the text', () => {
    expect(criteria({ acceptanceCriteria: [{ run: 'whatever --it takes' }] })).toMatchObject([
      { text: 'whatever --it takes', path: ['userStories', 0, 'acceptanceCriteria', 0, 'run'] },
    ]);
  });

  it('`test` and `verify` may hold prose, which never runs', () => {
    expect(command({ text: 'x', test: 'Click the button' })).toEqual({ kind: 'prose', why: 'plain' });
    expect(command({ text: 'x', verify: 'The badge is red' })).toEqual({ kind: 'prose', why: 'plain' });
  });

  it.each<[string, object, object]>([
    ['exit', { expect: { exit: 2 } }, { exit: 2, output: null }],
    ['any failure', { expect: { exit: 'nonzero' } }, { exit: 'nonzero', output: null }],
    ['output alone', { expect: { stdout: 'ok' } }, { exit: null, output: { kind: 'contains', text: 'ok' } }],
    ['output and exit', { expect: { exit: 1, stdout: 'no' } }, { exit: 1, output: { kind: 'contains', text: 'no' } }],
    ['no output', { expect: { stdout: '' } }, { exit: null, output: { kind: 'empty' } }],
    ['expectedExitCode', { expectedExitCode: 3 }, { exit: 3, output: null }],
    ['words', { expected: 'exits 4' }, { exit: 4, output: null }],
    ['nothing', {}, { exit: 0, output: null }],
  ])('expectation: %s', (_name, fields, expected) => {
    expect(command({ text: 'x', verify: { run: 'x', ...fields } })).toMatchObject({ expect: expected });
    expect(command({ text: 'x', command: 'x', ...fields })).toMatchObject({ expect: expected });
  });

  it('words that are no expectation are a remark', () => {
    expect(command({ command: 'x', expected: 'looks fine' })).toMatchObject({
      expect: { exit: 0 },
      remark: 'looks fine',
    });
  });

  it.each<[unknown, number | null]>([
    ['90s', 90_000],
    ['5 m', 300_000],
    ['1h', 3_600_000],
    ['250ms', 250],
    [30, 30_000],
    ['soon', null],
    ['0s', null],
    [null, null],
  ])('timeout %j', (timeout, timeoutMs) => {
    expect(command({ verify: { run: 'x', timeout } })).toMatchObject({ timeoutMs });
  });

  it.each<[string, string | null]>([
    ['packages/web/', 'packages/web'],
    ['./web', 'web'],
    ['.', null],
  ])('folder %s', (cwd, expected) => {
    expect(command({ verify: { run: 'x', cwd } })).toMatchObject({ cwd: expected });
  });

  it.each([['../other'], ['/etc'], ['~/shop'], ['a/../../b'], ['C:\\x']])('never runs in %s', (cwd) => {
    expect(command({ verify: { run: 'x', cwd } })).toEqual({ kind: 'prose', why: 'ambiguous' });
  });

  it.each<[object, string, string]>([
    [{ verify: { run: 5 } }, '`verify.run`', '5'],
    [{ verify: {} }, '`verify.run`', 'an object'],
    [{ verify: { run: 'x', expect: { exit: 300 } } }, '`expect.exit`', '300'],
    [{ verify: { run: 'x', expect: { exit: 'two' } } }, '`expect.exit`', '"two"'],
    [{ verify: { run: 'x', expect: { stdout: 1 } } }, '`expect.stdout`', '1'],
  ])('a wrong type is refused: %j', (criterion, what, found) => {
    expect(problemsOf({ userStories: [{ id: 'US-1', acceptanceCriteria: [criterion] }] })).toMatchObject([
      { code: 'wrong-type', what, found },
    ]);
  });
});

describe('fields that hold verifications', () => {
  it.each([
    ['verify'],
    ['verification'],
    ['verifications'],
    ['verification_cmd'],
    ['verification_command'],
    ['command'],
    ['gate'],
    ['validation'],
    ['verificationSteps'],
    ['stepsToVerify'],
    ['testSteps'],
    ['suggested_tests'],
    ['tests'],
    ['testCases'],
    ['testIds'],
  ])('%s adds criteria behind the others, without a lead', (key) => {
    const fields = { acceptanceCriteria: ['a'], [key]: ['npm test -- cart', 'The badge is red'] };
    expect(criteria(fields).map((one) => [one.text, one.reading.kind])).toEqual([
      ['a', 'prose'],
      ['npm test -- cart', 'command'],
      ['The badge is red', 'prose'],
    ]);
    expect(places(fields).slice(1)).toEqual([`${key}/0`, `${key}/1`]);
  });

  it('one string, an object of checks, and a command with what is expected', () => {
    expect(texts({ verify: 'npm test' })).toEqual(['npm test']);
    expect(texts({ verify: { checks: ['npm test', 'npm run lint'] } })).toEqual(['npm test', 'npm run lint']);
    expect(criteria({ verification: { type: 'command', command: 'npm test', expected: 'no failures' } })).toMatchObject(
      [{ reading: { kind: 'command', command: { run: 'npm test', expect: { exit: 0 }, remark: null } } }],
    );
  });

  it('flags are ignored', () => {
    expect(texts({ tests_required: true, requiresTests: true, tests: false })).toEqual([]);
  });
});
