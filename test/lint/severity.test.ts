import { describe, expect, it } from 'vitest';
import { worstFirst } from '../../src/lint/severity.ts';
import { ids, lintCriterion, lintStories, lintStory, lintText, storiesText } from './lint-text.ts';

const vague = 'The total is rounded appropriately';

function severityOf(rule: string, fields: object, options: object = {}): string | undefined {
  return lintStory({ acceptanceCriteria: [vague], ...fields }, options).findings.find((one) => one.rule === rule)
    ?.severity;
}

describe('severity', () => {
  it.each([
    ['delegate', 'error'],
    ['orchestrator', 'info'],
    [undefined, 'warning'],
  ])('depends on who holds the story: %s gives %s', (implementModel, severity) => {
    expect(severityOf('judgment/vague-adverb', { implementModel })).toBe(severity);
  });

  it.each([
    ['high keeps the severity', 'Works well', 'error'],
    ['medium caps at warning', 'The reply is correct', 'warning'],
  ])('%s', (_, criterion, severity) => {
    const findings = lintCriterion(criterion).filter(({ rule }) => rule === 'judgment/vague-adverb');
    expect(findings.map((one) => one.severity)).toEqual([severity]);
  });

  it('of low confidence is info, and only when pedantic', () => {
    const criterion = 'Stale carts are to be purged';
    const seen = (pedantic: boolean) =>
      lintCriterion(criterion, { pedantic }).flatMap(({ rule, severity }) =>
        rule === 'judgment/no-actor' ? [severity] : [],
      );
    expect([seen(false), seen(true)]).toEqual([[], ['info']]);
  });
});

describe('settings', () => {
  it.each([
    ['off', undefined],
    ['info', 'info'],
    [{ delegate: 'warning' }, 'warning'],
    [{ orchestrator: 'off' }, 'error'],
  ] as const)('%j makes it %s', (setting, severity) => {
    const config = { rules: { 'judgment/vague-adverb': setting } };
    expect(severityOf('judgment/vague-adverb', {}, { config })).toBe(severity);
  });

  it('do not reach rules that are fixed', () => {
    const config = {
      rules: { 'verify/masked-exit': 'off', 'verify/destructive': 'off', 'verify/vacuous': 'off' },
    } as const;
    const criteria = ['Verify: npm test || true', 'Verify: git push', 'Verify: true'];
    const found = ids(lintStory({ acceptanceCriteria: criteria }, { config }).findings);
    expect(found).toEqual(expect.arrayContaining(['verify/masked-exit', 'verify/destructive', 'verify/vacuous']));
  });

  it('do not raise a doubtful match above warning', () => {
    const config = { rules: { 'judgment/bare-comparative': 'error' } } as const;
    const [finding] = lintCriterion('Make the cells larger', { config }).filter(({ rule }) =>
      rule.startsWith('judgment/'),
    );
    expect(finding?.severity).toBe('warning');
  });

  it('name the terms of the project', () => {
    const config = { terms: ['appropriately'] };
    expect(ids(lintCriterion(vague, { config }))).not.toContain('judgment/vague-adverb');
  });
});

describe('of several findings on one criterion', () => {
  it('the worst of each group stays and names the others', () => {
    const findings = lintCriterion('Handle edge cases appropriately').filter(({ rule }) =>
      rule.startsWith('judgment/'),
    );
    expect(findings.map(({ rule, related }) => [rule, related])).toEqual([
      ['judgment/unbounded-scope', ['judgment/vague-adverb', 'judgment/no-outcome']],
    ]);
  });

  it('equals are decided by the order of the rules', () => {
    const [finding] = lintCriterion('Follow best practices if possible').filter(({ rule }) =>
      rule.startsWith('judgment/'),
    );
    expect([finding?.rule, finding?.related]).toEqual(['judgment/escape-hatch', ['judgment/pattern-ref']]);
  });
});

describe('what is judged', () => {
  const stories = [{ acceptanceCriteria: [vague], passes: true }, { acceptanceCriteria: [vague] }];

  it('finished stories get findings about the file only', () => {
    const { findings, stories: judged } = lintStories([
      { id: 'US-001', acceptanceCriteria: [vague], passes: true, priority: 'done' },
    ]);
    expect(ids(findings)).toEqual(['file/bad-priority']);
    expect(judged).toEqual([]);
  });

  it('all stories are judged when asked for', () => {
    const judged = (all: boolean) => lintStories(stories, { all }).stories.map(({ id }) => id);
    expect([judged(false), judged(true)]).toEqual([['US-002'], ['US-001', 'US-002']]);
  });

  it('only the wanted rules are reported, but readiness knows them all', () => {
    const { findings, stories: judged } = lintStories(stories, { only: ['atomic/*'] });
    expect([ids(findings), judged.map(({ readiness }) => readiness)]).toEqual([[], ['refine first']]);
  });

  it('commands and checks are no business of judgment', () => {
    const text = storiesText([{ acceptanceCriteria: ['Verify: npm test', 'Tests pass'] }], {
      checks: { test: 'npm test' },
    });
    expect(ids(lintText(text).findings).filter((id) => id.startsWith('judgment/'))).toEqual([]);
  });

  it('every criterion is reported with how it is decided', () => {
    const text = storiesText(
      [{ acceptanceCriteria: ['Shows 3 rows', 'npm test passes', 'Typecheck passes', 'Lint passes'] }],
      { checks: { typecheck: 'npx tsc --noEmit' } },
    );
    expect(lintText(text).stories[0]?.criteria).toEqual([
      { kind: 'prose', run: null, check: null },
      { kind: 'command', run: 'npm test', check: null },
      { kind: 'check', run: 'npx tsc --noEmit', check: 'typecheck' },
      { kind: 'check', run: null, check: 'lint' },
    ]);
  });
});

describe('worstFirst', () => {
  it('puts errors before warnings before infos and keeps the order of equals', () => {
    const found = (['info', 'error', 'warning', 'error', 'info'] as const).map((severity, at) => ({ severity, at }));
    expect(worstFirst(found).map(({ at }) => at)).toEqual([1, 3, 2, 0, 4]);
  });
});
