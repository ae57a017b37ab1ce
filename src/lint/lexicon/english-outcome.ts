import type { PhraseGroup } from './phrase-group.ts';

/** Verbs without a result, checks by eye, and how well prose does its work. */
export const englishOutcome: readonly PhraseGroup[] = [
  {
    rule: 'no-outcome',
    family: 'works',
    confidence: 'high',
    phrases: `
      works, work, working, functional, operational, operates, is usable, are usable, functioning, functions`,
  },
  {
    rule: 'no-outcome',
    family: 'handles',
    confidence: 'medium',
    phrases: `
      handles, handle, handled, deals with, deal with, cope with, copes with, account for, accounts for,
      take/takes care of, takes into account, accommodate, accommodates`,
  },
  {
    rule: 'no-outcome',
    family: 'supports',
    confidence: 'low',
    phrases: `
      supports, support for, support, supported, integrates with, integrate with, integration with, interacts with,
      compatible with, manages, manage`,
  },
  {
    rule: 'no-outcome',
    family: 'handling',
    confidence: 'high',
    phrases: `
      error handling, exception handling, error-handling, failure handling, edge-case handling, error recovery,
      input validation`,
  },
  { rule: 'no-outcome', family: 'check', confidence: 'medium', phrases: `verify, check, confirm` },
  { rule: 'no-outcome', family: 'fix', confidence: 'medium', phrases: `fix, fix up, resolve, repair` },
  {
    rule: 'no-outcome',
    family: 'change',
    confidence: 'medium',
    phrases: `update, adjust, tweak, revise, rework, refresh, restyle, polish, modify`,
  },
  {
    rule: 'manual-check',
    family: 'eye',
    confidence: 'high',
    phrases: `
      verify/verified/check/checked/test/tested/confirm/confirmed/validate/validated/inspect/inspected/view/viewed/review/reviewed changes/it/this/ui/visually/manually/results/layout/output/page/everything? visually? in/via/using/with/through the/a/your/real? browser/browsers/dev-browser/devtools/simulator/emulator/device/chrome/playwright/safari/firefox skill?,
      browser verification/test/check/testing/verify/verified, browser-verified,
      manual/manually verification/verify/verified/test/tested/testing/check/checked/qa/review/inspection/validation/validate/inspect/confirm/confirmed/smoke,
      manually, by hand,
      visual/visually verification/verify/verified/check/checked/inspection/inspect/inspected/review/reviewed/confirm/confirmed/test/tested/qa/validate,
      verify/check/confirm/test visually/manually, eyeball, eyeballed, using dev-browser skill,
      with dev-browser skill, dev-browser skill, dev-browser, take/capture a? screenshot/screenshots,
      on real/actual/physical device/devices/hardware, on a real/actual/physical device/phone,
      verify/check/confirm/test locally, verify/check/test at,
      test/tested/verify/verified/check on mobile/desktop/tablet/phone/device/devices/ios/android`,
  },
  {
    rule: 'manual-check',
    family: 'place',
    confidence: 'high',
    phrases: 'in the/a/your/real? browser/browsers/simulator/emulator, on a/the/real? device/devices/phone',
  },
  {
    rule: 'prose-quality',
    family: 'conveys',
    confidence: 'medium',
    phrases: `
      positions _ _? _? as, frames _ _? _? as,
      conveys, convey, conveying, communicates, communicate, communicating, expresses, express, expressing,
      reinforces, reinforce, reinforcing, emphasizes, emphasize, emphasizing, emphasises, emphasise, tells the story,
      tell the story, reads as, reads like, reads naturally, read as, read like, tone of voice, wording, evokes,
      evoke, resonates, articulates, articulate, storytelling, illustrates,
      clearly explains/explain/describes/describe/documents/document/states/state/communicates/communicate/shows/show/expresses/express/distinguishes/distinguish/identifies/indicates/indicate/defines/define/outlines/points/point/labels/tells/conveys,
      makes it clear, make it clear, makes clear, well explained`,
  },
  {
    rule: 'no-actor',
    family: 'duty',
    confidence: 'low',
    phrases: `
      are/is to be purged/deleted/archived/rotated/refreshed/synced/notified/expired/cleaned/updated/backed/removed/retried/escalated/renewed/billed,
      should/must/will/shall be purged/archived/rotated/refreshed/synced/notified/expired/cleaned/escalated/renewed/billed/retried,
      gets/get purged/archived/rotated/notified/cleaned/escalated/synced`,
  },
];
