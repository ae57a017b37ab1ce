import type { Example, Level, Rule } from '../lint/rule.ts';

const fixes = {
  safe: '`prd lint --fix` applies it',
  unsafe: '`prd lint --fix --unsafe` applies it, for you to read',
  hint: 'by hand',
} as const;

/** Everything a person needs to know about a rule, as text. Ends with a line break. */
export function explainRule({ id, summary, reason, severity, fix, fixed, bad, good }: Rule): string {
  const levels = [
    `${word(severity.delegate)} for a delegate`,
    `${word(severity.orchestrator)} for the orchestrator`,
    `${word(severity.unset)} without a model`,
  ];
  const lines = [
    id,
    '',
    `flags:    ${summary}`,
    `why:      ${reason}`,
    `severity: ${levels.join(', ')}${fixed === true ? '; fixed' : ''}`,
    `fix:      ${fixes[fix]}`,
    `bad:      ${exampleText(bad)}`,
    `good:     ${exampleText(good)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function word(level: Level): string {
  return level === 'off' ? 'nothing' : level;
}

function exampleText({ criterion, text, story, stories, top }: Example): string {
  return criterion ?? text ?? JSON.stringify(story ?? stories ?? top);
}
