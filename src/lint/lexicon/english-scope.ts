import type { PhraseGroup } from './phrase-group.ts';

/** Sets without an end: edge cases, "everything", unchanged behaviour, open lists. */
export const englishScope: readonly PhraseGroup[] = [
  {
    rule: 'unbounded-scope',
    family: 'cases',
    confidence: 'high',
    phrases: `
      edge case/cases/conditions, edge-case, edge-cases, corner case/cases, boundary cases/conditions,
      error/failure cases/scenarios/conditions, all/every/any possible/potential/conceivable/imaginable _,
      all/every relevant/other/various/common? conditions/errors/failures/exceptions/combinations/inputs, all/every/any _? scenarios/scenario/situations/situation/circumstances,
      critical/key/main/core/major/important user? flows/paths/workflows/journeys/functionality,
      handle/handles/cover/covers/covering/handling/test/tests/consider all/every/any case/cases/branch/branches/path/paths/combination/combinations,
      full/complete/entire user? functionality/flows/workflows/journeys, full/complete/entire user flow/workflow/journey,
      unexpected/unusual/weird/bad/malformed input/inputs/errors/data/states/situations/conditions,
      common errors/cases/scenarios/issues/problems/mistakes/pitfalls/questions, typical/main cases/scenarios, real-world usage/scenarios/cases, and/or beyond`,
  },
  {
    rule: 'unbounded-scope',
    family: 'relevant',
    confidence: 'high',
    phrases: `
      all/any/every/other relevant/necessary/appropriate/applicable/pertinent _, all aspects,
      all the necessary/relevant _`,
  },
  {
    rule: 'unbounded-scope',
    family: 'everything',
    confidence: 'high',
    phrases: `
      everything works/else/is/functions/looks/passes/still, handle/handles/cover/covers everything, anything else,
      nothing else, nothing breaks/broke/broken/regresses`,
  },
  {
    rule: 'unbounded-scope',
    family: 'spread',
    confidence: 'medium',
    phrases: `
      everywhere, throughout,
      throughout the? app/application/site/codebase/ui/system/project/product/platform/website/interface/code/whole/entire,
      across the? entire/whole? app/application/site/codebase/ui/system/project/product/platform/website/interface/board/code,
      in all places, all places, whole app/application/system/site, entire app/application/system/site, all parts of`,
  },
  {
    rule: 'unbounded-scope',
    family: 'regression',
    confidence: 'high',
    phrases: `
      no new/visual/functional/behavioral/behavioural/performance/other? regression/regressions,
      without regression/regressions/regressing, zero regressions, no breaking changes/change, no side effects,
      no side-effects, no unintended _ _?, without side effects, without breaking _,
      no functional? functional/functionality/behavior/behaviour/behavioral/behavioural/logic change/changes,
      no change/changes in/to existing? behavior/behaviour/functionality, no loss of functionality,
      no/zero visual/visible/ui/logic/user-visible change/changes,
      not/never change/alter/modify/affect any/the? logic/behavior/behaviour/functionality/semantics,
      nothing is/gets missed/lost/forgotten/overlooked, no _ _? is/are/get/gets missed/overlooked/forgotten,
      no issues/problems/bugs/glitches/surprises, bug-free, error-free, issue-free,
      without issues/problems/issue/bugs/glitches/hiccups/trouble/confusion/ambiguity/hassle/disruption/breakage/friction/noise,
      break/affect/affects/breaks/alter/change existing/current _, does not interfere with _, no impact on/to _,
      existing/current/other _? _? functionality/functionalities/behavior/behaviour/behaviors/behaviours/features,
      existing/current _ functionality/behavior/behaviour,
      functionality/behavior/behaviour intact/unchanged/preserved/retained/identical/maintained,
      functionality/behavior/behaviour is/remains/stays intact/unchanged/preserved/identical/the, feature parity,
      full parity, works/work/working/behaves/behave/functions/function exactly? as before/today/normal/usual,
      exactly/just as before, as it does today, identically, works as normal`,
  },
  {
    rule: 'unbounded-scope',
    family: 'still',
    confidence: 'medium',
    phrases: `
      same as before, as before,
      maintain/maintains/preserve/preserves/keep/retain/retains the? _? _? functionality/behavior/behaviour,
      maintain/maintains/preserve/preserves/keep/keeps/retain/retains all? the? existing/current _? _? _? _? logic/handling/flow/flows/workflow/workflows/experience/interactions/patterns/states,
      still work/works/working/function/functions/functional/functioning/operate/operates/behaves/behave,
      continue/continues/continued/continuing to work/function/operate/behave, keeps/keep/kept working,
      same/identical functionality/behavior/behaviour,
      remain/remains/remained/stay/stays fully? functional/working/operational/usable/unaffected/compatible/stable,
      backward/backwards compatible/compatibility, backward-compatible, backwards-compatible, backward-compatibility,
      backwards-compatibility, non-breaking, fully compatible`,
  },
  {
    rule: 'unbounded-scope',
    family: 'unchanged',
    confidence: 'medium',
    phrases: `unchanged, intact, untouched, unaffected, preserved, retained, maintained`,
  },
  {
    rule: 'unbounded-scope',
    family: 'thorough',
    confidence: 'high',
    phrases: `
      comprehensive, comprehensively, thorough, thoroughly, exhaustive, exhaustively, extensive, extensively,
      full/complete/good/adequate/sufficient/proper/high/solid/strong/reasonable test? coverage,
      fully tested/functional/working/covered/documented/featured, well-tested, well tested, in detail, in depth,
      in-depth`,
  },
  {
    rule: 'unbounded-scope',
    family: 'platforms',
    confidence: 'medium',
    phrases: `
      all major/modern/common/popular/recent? browsers, major/modern/common browsers, cross-browser,
      all screen/device/viewport/window sizes, all devices/screens/viewports/resolutions,
      different/various/multiple screen/device/viewport sizes, different devices/browsers/screens,
      across devices/browsers/viewports`,
  },
  {
    rule: 'open-list',
    family: 'tail',
    confidence: 'medium',
    phrases: `
      etc, and so on, and so forth, and more, and others, and similar, and the like, or the like, among others,
      including but not limited to, or others, and such, and other similar _`,
  },
];
