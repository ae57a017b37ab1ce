import { judgment } from '../judgment.ts';
import type { Rule } from '../rule.ts';

export const noActor: Rule = {
  id: 'judgment/no-actor',
  summary: 'a passive duty that leaves open who does it and when',
  reason: 'nobody and never would fulfil it',
  bad: { criterion: 'Stale carts are to be purged' },
  good: { criterion: 'The nightly job purges carts older than 30 days' },
  severity: { delegate: 'info', orchestrator: 'off', unset: 'info' },
  fix: 'hint',
  check: judgment({
    rule: 'no-actor',
    pins: 'full',
    message: (words) => `who does \`${words}\`, and when`,
    hint: 'name the actor and the trigger',
  }),
};
