import { describe, expect, it } from 'vitest';
import { checkId, defaultTimeoutMs, storyChecks, unresolvedChecks } from '../../src/prd/story-checks.ts';
import { readStory } from '../helpers/documents.ts';

const checks = { test: 'npm test', lint: 'npm run lint' };
const story = (...acceptanceCriteria: unknown[]) => readStory({ id: 'US-1', acceptanceCriteria }, { checks });

describe('the checks of a story', () => {
  it('are its commands and named checks in the order of its criteria; prose is none', () => {
    const list = storyChecks(story('Shows the total', 'Verify: npm run e2e', 'Lint passes'));
    expect(list).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        run: 'npm run e2e',
        cwd: null,
        expect: { exit: 0, output: null },
        timeoutMs: 600_000,
        origin: 'story',
        criteria: [1],
      },
      expect.objectContaining({ run: 'npm run lint', criteria: [2] }),
    ]);
  });

  it('equal ones run once and decide all their criteria', () => {
    const list = storyChecks(story('Tests pass', '`npm test` passes', 'Verify: npm test — no failures'));
    expect(list).toMatchObject([{ run: 'npm test', criteria: [0, 1, 2] }]);
  });

  it('a phrase with several names gives several checks for one criterion', () => {
    expect(storyChecks(story('Tests and lint pass'))).toMatchObject([
      { run: 'npm test', criteria: [0] },
      { run: 'npm run lint', criteria: [0] },
    ]);
  });

  it('another folder, expectation or timeout makes another check', () => {
    const list = storyChecks(
      story(
        'Verify: npm test',
        'npm test passes in web/',
        '`npm test` exits 1',
        { verify: { run: 'npm test', timeout: '1m' } },
        { verify: { run: 'npm test', expect: { stdout: 'ok' } } },
        { verify: { run: 'npm test', timeout: '10m' } },
      ),
    );
    expect(list.map((check) => check.criteria)).toEqual([[0, 5], [1], [2], [3], [4]]);
  });

  it('a story without a command has none', () => {
    expect(storyChecks(story('Shows the total', 'Typecheck passes'))).toEqual([]);
  });
});

it('unresolved names are told once', () => {
  expect(unresolvedChecks(story('Typecheck passes', 'Typecheck and tests pass', 'Backend tests pass'))).toEqual([
    'typecheck',
    'backend-test',
  ]);
});

it('the id of a check never changes between versions, or known results would be lost', () => {
  const command = { run: 'npm test', cwd: null, expect: { exit: 0, output: null }, timeoutMs: null };
  expect(checkId(command)).toBe('6658c8dbacb3b5b0');
  expect(checkId({ ...command, timeoutMs: defaultTimeoutMs })).toBe(checkId(command));
});
