import { describe, expect, it } from 'vitest';
import type { LintReport } from '../../src/lint/lint.ts';
import { ids, lintStory, lintText, storiesText } from './lint-text.ts';

const theme = 'Matches the existing app theme';
const reason = 'the theme is one file, src/theme.ts';

function disabled(disable: readonly object[], criteria: readonly string[] = [theme]): LintReport {
  return lintStory({ acceptanceCriteria: criteria, lint: { disable } });
}

function about(report: LintReport): readonly string[] {
  return ids(report.findings).filter((id) => /^judgment|disable/.test(id));
}

describe('a disable', () => {
  it.each([
    ['of a rule silences it', [{ rule: 'judgment/pattern-ref', reason }], []],
    ['of a group silences all of it', [{ rule: 'judgment/*', reason }], []],
    [
      'of another rule does not',
      [{ rule: 'judgment/approval', reason }],
      ['judgment/pattern-ref', 'file/unused-disable'],
    ],
    [
      'without a reason has no effect',
      [{ rule: 'judgment/pattern-ref' }],
      ['judgment/pattern-ref', 'file/disable-without-reason'],
    ],
    [
      'with nine characters of reason has none',
      [{ rule: 'judgment/pattern-ref', reason: '123456789' }],
      ['judgment/pattern-ref', 'file/disable-without-reason'],
    ],
    [
      'that names a part of the criterion silences it there',
      [{ rule: 'judgment/pattern-ref', criterion: 'app theme', reason }],
      [],
    ],
    [
      'that names a part of nothing is unused',
      [{ rule: 'judgment/pattern-ref', criterion: 'nav bar', reason }],
      ['judgment/pattern-ref', 'file/unused-disable'],
    ],
  ])('%s', (_, disable, expected) => {
    expect(about(disabled(disable))).toEqual(expected);
  });

  it('that names a part of two criteria silences neither', () => {
    const criteria = [theme, 'The menu matches the existing app theme'];
    const found = about(disabled([{ rule: 'judgment/pattern-ref', criterion: 'app theme', reason }], criteria));
    expect(found).toEqual(['judgment/pattern-ref', 'judgment/pattern-ref', 'file/unused-disable']);
  });

  it('lets the next worst finding of the group come up', () => {
    const found = about(disabled([{ rule: 'judgment/escape-hatch', reason }], ['Follow best practices if possible']));
    expect(found).toEqual(['judgment/pattern-ref']);
  });

  it('keeps what it silenced, with its reason', () => {
    const finding = disabled([{ rule: 'judgment/pattern-ref', reason }]).findings.find(
      ({ suppressed }) => suppressed !== undefined,
    );
    expect([finding?.rule, finding?.suppressed]).toEqual(['judgment/pattern-ref', reason]);
  });

  it('cannot silence a rule that is fixed', () => {
    const report = disabled([{ rule: 'verify/masked-exit', reason }], ['Verify: npm test || true']);
    expect(ids(report.findings)).toEqual(expect.arrayContaining(['verify/masked-exit', 'file/unused-disable']));
    expect(report.findings.find(({ rule }) => rule === 'file/unused-disable')?.message).toBe(
      '`verify/masked-exit` cannot be disabled',
    );
  });

  it('of the whole document reaches every story', () => {
    const stories = [
      { acceptanceCriteria: [theme] },
      { title: 'Second', acceptanceCriteria: ['Matches the existing app style'] },
    ];
    const report = lintText(storiesText(stories, { lint: { disable: [{ rule: 'judgment/pattern-ref', reason }] } }));
    expect(about(report)).toEqual([]);
  });

  it('counts for readiness', () => {
    const criteria = ['`Menu` matches the existing app theme', 'npm test passes'];
    const ready = (disable: readonly object[]) => disabled(disable, criteria).stories[0]?.readiness;
    expect([ready([]), ready([{ rule: 'judgment/pattern-ref', reason }])]).toEqual(['refine first', 'delegate']);
  });

  it('is ignored where the document is not trusted', () => {
    const report = lintStory(
      {
        acceptanceCriteria: [theme],
        lint: { disable: [{ rule: 'judgment/pattern-ref', reason }, { rule: 'judgment/approval' }] },
      },
      { disables: 'ignore' },
    );
    expect(about(report)).toEqual(['judgment/pattern-ref']);
  });

  it('of a finished story is not called unused', () => {
    const report = lintStory({
      passes: true,
      acceptanceCriteria: [theme],
      lint: { disable: [{ rule: 'judgment/*', reason }] },
    });
    expect(ids(report.findings)).toEqual([]);
  });
});
