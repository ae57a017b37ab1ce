import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Example, Rule } from '../../src/lint/rule.ts';
import { rules } from '../../src/lint/rules/index.ts';
import { exampleText } from './example-text.ts';
import { lintText, repoFacts } from './lint-text.ts';

describe('the catalogue', () => {
  it('lists every rule file, and each id once', () => {
    const files = readdirSync('src/lint/rules').filter((file) => file !== 'index.ts');
    const halves = rules.map(({ id }) => `${id.split('/')[1]}.ts`);
    expect([...halves].sort()).toEqual(files.sort());
    expect(new Set(halves).size).toBe(halves.length);
  });

  it('says of every rule why it is there, in lower case and without a full stop', () => {
    const odd = rules.flatMap(({ id, summary, reason }) =>
      [summary, reason]
        .filter((text) => text === '' || text.endsWith('.') || /^[A-Z][a-z]/.test(text))
        .map((text) => [id, text]),
    );
    expect(odd).toEqual([]);
  });
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  it('finds its bad example once, and nothing else of its group', () => {
    expect(found(rule, rule.bad)).toEqual([rule.id]);
  });

  it('is silent on its good example', () => {
    expect(found(rule, rule.good)).not.toContain(rule.id);
  });

  it('names something of the example, and ends without a full stop', () => {
    const [finding] = findings(rule, rule.bad);
    expect(finding?.message).toMatch(/^[^A-Z].*[^.]$/);
    expect(finding?.hint ?? 'hint').toMatch(/[^.]$/);
  });
});

function found(rule: Rule, example: Example): readonly string[] {
  return findings(rule, example).map(({ rule: id }) => id);
}

function findings(rule: Rule, example: Example) {
  const group = rule.id.split('/')[0] ?? '';
  const repo = example.repo === undefined ? null : repoFacts(example.repo);
  const report = lintText(exampleText(example), { repo, pedantic: true });
  return report.findings.filter(({ rule: id, suppressed }) => suppressed === undefined && id.startsWith(`${group}/`));
}
