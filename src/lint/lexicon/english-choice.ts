import type { PhraseGroup } from './phrase-group.ts';

/** Choices left to the implementer, decisions not taken, and verdicts of people. */
export const englishChoice: readonly PhraseGroup[] = [
  {
    rule: 'escape-hatch',
    family: 'choice',
    confidence: 'high',
    phrases: `
      if/as/when/where/wherever/whenever possible/desired/feasible/practical/practicable/useful/helpful/suitable/simpler/easier/cleaner/preferable/preferred/warranted/sensible/beneficial/reasonable/convenient/wanted/justified/appropriate,
      if/as/when/where it is/it's possible/appropriate/feasible, where/when/if it makes sense, if that makes sense,
      where sensible, as see fit, as you see fit, if time permits/allows, time permitting, if at all possible,
      unless necessary, as much/far as possible, to the extent possible, at your/the discretion, at discretion,
      your choice, implementer's choice, implementation-defined, up to you, up to the implementer/developer`,
  },
  {
    rule: 'escape-hatch',
    family: 'need',
    confidence: 'high',
    phrases: `
      if/as/when/where/wherever/whenever needed/necessary/relevant/applicable,
      if/as/when/where it is/it's needed/necessary, as required, where/if required, unless needed`,
  },
  {
    rule: 'escape-hatch',
    family: 'similar',
    confidence: 'high',
    phrases: `
      or similar, or something similar, or similar _, or equivalent, or an? equivalent _, or comparable,
      or some other _, or other suitable/appropriate _, or another suitable/appropriate? _, or suitable/appropriate _,
      or an? alternative, or an? equally _`,
  },
  {
    rule: 'escape-hatch',
    family: 'wish',
    confidence: 'high',
    phrases: `
      ideally, preferably, nice to have, nice-to-have, bonus points, stretch goal, stretch-goal, tbd, tba, tbc,
      to be determined/decided/defined/confirmed/discussed/finalized, could also, might want to, may want to, try to,
      aim to, aims to, strive to, optionally`,
  },
  { rule: 'escape-hatch', family: 'optional', confidence: 'high', phrases: `optional, bonus, stretch, consider` },
  {
    rule: 'open-decision',
    family: 'strong',
    confidence: 'high',
    phrases: `
      audit, investigate, decide, evaluate, assess, explore, research, brainstorm, discuss, figure out, look into,
      think about, analyze, analyse, study, examine, review, reconsider, weigh, check whether`,
  },
  {
    rule: 'open-decision',
    family: 'weak',
    confidence: 'medium',
    phrases: `choose, determine, identify, compare, recommend, propose`,
  },
  {
    rule: 'approval',
    family: 'verdict',
    confidence: 'high',
    phrases: `
      approved by, sign-off, signoff, signs off, sign off, signed off, signed-off, accepted by, agreed by,
      agreed with, agreed upon, stakeholder, stakeholders, product owner, design lead, tech lead, reviewed by,
      reviewed and approved, peer review, peer reviewed, peer-reviewed, code reviewed, code-reviewed,
      code review passes/passed/completed/approved, lgtm,
      client/stakeholder/maintainer/pm/qa/team/human/designer approval/approves/approved/feedback/sign-off/agrees,
      returns approved, is happy with, satisfied with, reviewer accepts/approves/agrees/confirms`,
  },
];
