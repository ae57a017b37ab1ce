import { describe, expect, it } from 'vitest';
import { notesOf, problemsOf, readDocument, readStory } from '../../helpers/documents.ts';

const claim = (fields: object) => {
  const { passes, onHold } = readStory({ id: 'US-1', title: 'a', ...fields });
  return { passes, onHold };
};
const doubts = (fields: object) =>
  notesOf(readDocument({ userStories: [{ id: 'US-1', ...fields }] }), 'file/status-conflict');

describe('words of `status`', () => {
  it.each(['done', 'complete', 'completed', 'passes', 'passed', 'pass', 'Done', ' DONE ', 'Com-pleted'])(
    '%s is done',
    (status) => {
      expect(claim({ status })).toEqual({ passes: true, onHold: null });
      expect(doubts({ status })).toEqual([]);
    },
  );

  it.each([
    ...['pending', 'open', 'todo', 'To Do', 'backlog', 'not_started', 'notstarted', 'new', 'planned', 'due', 'active'],
    ...['in_progress', 'In Progress', 'started', 'wip', 'partial', 'failed', 'failing', 'blocked'],
  ])('%s is open', (status) => {
    expect(claim({ status })).toEqual({ passes: false, onHold: null });
    expect(doubts({ status })).toEqual([]);
  });

  it.each([
    ...[
      'ready',
      'implemented',
      'coded',
      'merged',
      'review',
      'in review',
      'testing',
      'qa',
      'approved',
      'accepted',
      'verified',
    ],
    ...['almost done', 'mostly complete', 'done?', '90%', '100 %', '✅', '[x]'],
  ])('%s sounds done and is not', (status) => {
    expect(claim({ status })).toEqual({ passes: false, onHold: null });
    expect(doubts({ status })).toEqual([]);
  });

  it.each([
    'deferred',
    'cancelled',
    'canceled',
    'skipped',
    'wontfix',
    "won't fix",
    'on-hold',
    'obsolete',
    'duplicate',
    'superseded',
  ])('%s is on hold', (status) => {
    expect(claim({ status })).toEqual({ passes: false, onHold: status });
  });

  it.each(['finished', 'closed', 'ok', 'yes', 'constructor'])(
    '%s is not understood: open, with a warning',
    (status) => {
      expect(claim({ status })).toEqual({ passes: false, onHold: null });
      expect(doubts({ status })).toEqual([`\`${status}\` is no known status; it is read as not done`]);
    },
  );

  it('`closed` is done where an issue tracker wrote it', () => {
    expect(claim({ status: 'closed', githubIssue: 12 }).passes).toBe(true);
  });
});

describe('flags', () => {
  it.each(['passes', 'pass', 'passed', 'completed', 'complete', 'done'])('%s', (key) => {
    expect(claim({ [key]: true }).passes).toBe(true);
    expect(claim({ [key]: false }).passes).toBe(false);
  });

  it('both gates make one pass', () => {
    expect(claim({ build_pass: true, qa_pass: true }).passes).toBe(true);
    expect(claim({ build_pass: true, qa_pass: false }).passes).toBe(false);
    expect(claim({ build_pass: true }).passes).toBe(false);
  });

  it('skipped puts a story on hold', () => {
    expect(claim({ passes: false, skipped: true })).toEqual({ passes: false, onHold: 'skipped' });
  });

  it('what passes is not on hold', () => {
    expect(claim({ passes: true, status: 'deferred' })).toEqual({ passes: true, onHold: null });
  });

  it.each(['completed', 'done', 'complete'])('a `%s` that is no boolean says nothing, with a warning', (key) => {
    expect(claim({ [key]: 'yes' })).toEqual({ passes: false, onHold: null });
    expect(doubts({ [key]: 'yes' })).toEqual([`\`${key}\` is not true or false; it is read as not done`]);
  });

  it.each([['"true"'], ['1'], ['null'], ['[]']])('`passes` %s is refused', (value) => {
    expect(problemsOf(`{"userStories": [{"id": "US-1", "passes": ${value}}]}`)).toMatchObject([
      { code: 'wrong-type', what: '`passes`', expected: 'true or false' },
    ]);
  });
});

describe('`passes` beside `status`', () => {
  it.each<[boolean, string, boolean]>([
    [true, 'done', false],
    [true, 'partial', true],
    [true, 'not_started', true],
    [true, 'verified', false],
    [false, 'done', true],
    [false, 'open', false],
    [false, 'deferred', false],
    [true, 'deferred', true],
  ])('passes %s and `%s`: conflict %s, and `passes` decides', (passes, status, conflict) => {
    expect(claim({ passes, status }).passes).toBe(passes);
    expect(doubts({ passes, status }).length).toBe(conflict ? 1 : 0);
  });

  it('the conflict is told in words', () => {
    expect(doubts({ passes: true, status: 'partial' })).toEqual([
      '`status` says `partial`, `passes` says true; `passes` counts',
    ]);
  });
});

it('nothing else is read as progress', () => {
  const fields = { notes: 'done', completedAt: '2026-01-01', verifiedBy: 'me', title: '✅ done', priority: 'done' };
  expect(claim(fields).passes).toBe(false);
});
