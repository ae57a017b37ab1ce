import { describe, expect, it } from 'vitest';
import { fixText } from '../../src/cli/fix-text.ts';
import type { Judged } from '../../src/cli/judge.ts';
import type { Edit, Finding } from '../../src/lint/rule.ts';
import { parsePrd } from '../../src/prd/parse.ts';

const text =
  '{ "userStories": [{ "id": "US-1", "title": "A", "passes": false }, { "id": "US-2", "title": "B", "passes": false }] }';

function finding(edits: readonly Edit[], facts: Partial<Finding> = {}): Finding {
  return {
    rule: 'file/dialect',
    severity: 'warning',
    story: null,
    criterion: null,
    path: [],
    role: 'unset',
    confidence: 'high',
    message: 'x',
    hint: null,
    matches: [],
    related: [],
    fix: 'safe',
    edits,
    ...facts,
  };
}

const setTitle = (index: number, value: string): Edit => ({
  kind: 'set',
  path: ['userStories', index, 'title'],
  value,
});

/** A judge whose findings depend on the text alone. */
function judgeBy(findings: (text: string) => readonly Finding[]): (text: string) => Judged {
  return (now) => {
    const parsed = parsePrd(now, 'PRD.json');
    if (parsed.kind === 'refused') return parsed;
    return { kind: 'judged', document: parsed.document, report: { findings: findings(now), stories: [] } };
  };
}

const titles = (fixed: string): readonly string[] =>
  JSON.parse(fixed).userStories.map((story: { title: string }) => story.title);

describe('fixing a text', () => {
  it('applies what is safe and leaves the rest to a reader', () => {
    const judge = judgeBy((now) =>
      now.includes('"A"') ? [finding([setTitle(0, 'A1')]), finding([setTitle(1, 'B1')], { fix: 'unsafe' })] : [],
    );
    const safe = fixText(text, 'PRD.json', false, judge);
    expect([titles(safe.text), safe.fixes]).toEqual([['A1', 'B'], 1]);
    const both = fixText(text, 'PRD.json', true, judge);
    expect([titles(both.text), both.fixes]).toEqual([['A1', 'B1'], 2]);
  });

  it('goes on while a fix uncovers another', () => {
    const judge = judgeBy((now) => {
      if (now.includes('"A"')) return [finding([setTitle(0, 'A1')])];
      return now.includes('"A1"') ? [finding([setTitle(0, 'A2')])] : [];
    });
    expect(titles(fixText(text, 'PRD.json', false, judge).text)).toEqual(['A2', 'B']);
  });

  it('stops after ten rounds, when two fixes undo each other', () => {
    let rounds = 0;
    const judge = judgeBy((now) => {
      rounds += 1;
      return [finding([setTitle(0, now.includes('"A"') ? 'Z' : 'A')])];
    });
    expect(fixText(text, 'PRD.json', false, judge)).toEqual({ text, fixes: 10 });
    expect(rounds).toBe(10);
  });

  it('keeps the first of two fixes that do not fit together, and all that fit', () => {
    const remove: Edit = { kind: 'remove', path: ['userStories', 0] };
    const missing: Edit = { kind: 'remove', path: ['userStories', 7] };
    const judge = judgeBy((now) =>
      now.includes('US-1') ? [finding([missing]), finding([remove]), finding([setTitle(1, 'B1')])] : [],
    );
    const fixed = fixText(text, 'PRD.json', false, judge);
    expect([titles(fixed.text), fixed.fixes]).toEqual([['B1'], 2]);
  });

  it('does not touch what a disable silenced, or what has no edit', () => {
    const judge = judgeBy(() => [
      finding([setTitle(0, 'A1')], { suppressed: 'the title is fine' }),
      finding([], {}),
      finding([setTitle(0, 'A2')], { fix: null }),
    ]);
    expect(fixText(text, 'PRD.json', true, judge)).toEqual({ text, fixes: 0 });
  });

  it('leaves a text alone that cannot be read', () => {
    expect(
      fixText(
        '{ "userStories": [',
        'PRD.json',
        true,
        judgeBy(() => []),
      ),
    ).toEqual({
      text: '{ "userStories": [',
      fixes: 0,
    });
  });
});
