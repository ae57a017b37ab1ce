import { describe, expect, it } from 'vitest';
import { notesOf, problemsOf, readDocument } from '../../helpers/documents.ts';

const read = (fields: object) => readDocument({ ...fields, userStories: [] });
const checks = (fields: object) => Object.fromEntries(read(fields).prd.checks);

describe('an object of commands by name', () => {
  it.each(['checks', 'verificationCommands', 'verifyCommands', 'qualityChecks', 'quality_gates', 'commands'])(
    '%s',
    (key) => {
      expect(checks({ [key]: { typecheck: 'npx tsc --noEmit', test: 'npm test' } })).toEqual({
        typecheck: 'npx tsc --noEmit',
        test: 'npm test',
      });
    },
  );

  it('spellings of known names become one, unknown names stay', () => {
    const fields = {
      'type-check': 'a',
      tests: 'b',
      check_types: 'c',
      Linting: 'd',
      fmt: 'e',
      'end-to-end': 'f',
      'test:backend': 'g',
      Smoke: 'h',
    };
    expect(checks({ checks: fields })).toEqual({
      typecheck: 'a',
      test: 'b',
      lint: 'd',
      format: 'e',
      e2e: 'f',
      'test:backend': 'g',
      Smoke: 'h',
    });
  });

  it('`checks` takes any command as it stands', () => {
    expect(checks({ checks: { smoke: './x && whatever --is "here"' } })).toEqual({
      smoke: './x && whatever --is "here"',
    });
  });

  it.each([[{ test: 5 }], [{ test: '' }], [{ test: null }], [{ test: { run: 'x' } }], ['npm test']])(
    '`checks` %j is refused',
    (value) => {
      expect(problemsOf({ checks: value, userStories: [] })).toMatchObject([{ code: 'wrong-type' }]);
    },
  );

  it('fields that hold other things give only what is a check by name and by look', () => {
    const commands = {
      dev: 'npm run dev',
      deploy: 'npm run deploy',
      test: 'npm test',
      lint: 'All files are tidy',
      build: { run: 'npm run build' },
    };
    expect(checks({ commands })).toEqual({ test: 'npm test', build: 'npm run build' });
  });

  it('other fields keep unknown names, and note what is no command', () => {
    const document = read({ qualityChecks: { smoke: 'bash smoke.sh', look: 'It looks good' } });
    expect(Object.fromEntries(document.prd.checks)).toEqual({ smoke: 'bash smoke.sh' });
    expect(notesOf(document, 'file/dialect')).toContain('`It looks good` is no command, so it is no named check');
  });

  it('`verification` with a test command and steps after each story', () => {
    const verification = {
      test_command: 'npm test',
      after_each_story: ['npx vitest run', 'cd web && npx tsc -b', 'npm run build'],
      test_result: '25 passed',
    };
    expect(checks({ verification })).toEqual({
      test: 'npm test',
      'check-1': 'npx vitest run',
      typecheck: 'cd web && npx tsc -b',
      build: 'npm run build',
    });
  });

  it('of a testing policy only its verification is a command', () => {
    const policy = { mandatory: 'EVERY story MUST include tests.', verification: 'bun run check && bun run test:all' };
    const document = read({ testing_policy: policy });
    expect(Object.fromEntries(document.prd.checks)).toEqual({ test: policy.verification });
    expect(notesOf(document, 'file/dialect')).toEqual(['reads `testing_policy` as `checks`']);
  });

  it('the first field that names a check wins', () => {
    expect(checks({ qualityChecks: { test: 'b', lint: 'npm run lint' }, checks: { test: 'a' } })).toEqual({
      test: 'a',
      lint: 'npm run lint',
    });
  });
});

describe('an array of commands', () => {
  it('is named by what it runs, else by number', () => {
    const verification = ['cd client && npm test', 'task fixpoint', 'npm run lint', 'npm run test:e2e', './x.sh'];
    expect(checks({ verification })).toEqual({
      test: 'cd client && npm test',
      'check-1': 'task fixpoint',
      lint: 'npm run lint',
      'check-2': 'npm run test:e2e',
      'check-3': './x.sh',
    });
  });

  it('prose is a note', () => {
    const document = read({ verification: ['npm test', 'Visual QA at 320px and 768px'] });
    expect(Object.fromEntries(document.prd.checks)).toEqual({ test: 'npm test' });
    expect(notesOf(document, 'file/dialect')).toEqual([
      'reads `verification` as `checks`',
      '`Visual QA at 320px and 768px` is no command, so it is no named check',
    ]);
  });

  it('a command that must not exit with 0 is no named check', () => {
    expect(checks({ verification: ['`rg TODO src` returns 0 hits', '`shop --bad` exits 2'] })).toEqual({});
  });

  it('objects bring their names', () => {
    expect(
      checks({ qualityGates: [{ name: 'Tests', command: 'npm test' }, { run: 'npm run lint' }, { name: 'by hand' }] }),
    ).toEqual({
      test: 'npm test',
      lint: 'npm run lint',
    });
  });
});

describe('a string', () => {
  it.each([
    ['npm test', { test: 'npm test' }],
    ['swift test && swift build', { test: 'swift test && swift build' }],
    ['make ci', { check: 'make ci' }],
    ['Look at it', {}],
  ])('%s', (verificationCommand, expected) => {
    expect(checks({ verificationCommand })).toEqual(expected);
    expect(checks({ test_command: verificationCommand })).toEqual(expected);
  });
});

it('checks make generic phrases executable', () => {
  const { prd } = readDocument({
    qualityChecks: { typecheck: 'npm run typecheck' },
    userStories: [{ id: 'US-1', acceptanceCriteria: ['Typecheck passes', 'Tests pass'] }],
  });
  expect(prd.stories[0]?.criteria.map((one) => one.reading)).toMatchObject([
    {
      kind: 'check',
      names: ['typecheck'],
      commands: [{ run: 'npm run typecheck', name: 'typecheck' }],
      unresolved: [],
    },
    { kind: 'check', names: ['test'], commands: [], unresolved: ['test'] },
  ]);
});
