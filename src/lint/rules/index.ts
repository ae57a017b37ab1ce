import type { Rule } from '../rule.ts';
import { ambiguousCommand } from './ambiguous-command.ts';
import { approval } from './approval.ts';
import { architectural } from './architectural.ts';
import { badPriority } from './bad-priority.ts';
import { bareComparative } from './bare-comparative.ts';
import { checklistInString } from './checklist-in-string.ts';
import { compoundCriterion } from './compound-criterion.ts';
import { dependencyCycle } from './dependency-cycle.ts';
import { destructive } from './destructive.ts';
import { dialect } from './dialect.ts';
import { disableWithoutReason } from './disable-without-reason.ts';
import { duplicateCriterion } from './duplicate-criterion.ts';
import { duplicateStory } from './duplicate-story.ts';
import { duplicateStoryId } from './duplicate-story-id.ts';
import { escapeHatch } from './escape-hatch.ts';
import { externalRef } from './external-ref.ts';
import { firstOfKind } from './first-of-kind.ts';
import { fragment } from './fragment.ts';
import { hiddenCharacters } from './hidden-characters.ts';
import { manualCheck } from './manual-check.ts';
import { maskedExit } from './masked-exit.ts';
import { missing } from './missing.ts';
import { missingFile } from './missing-file.ts';
import { missingId } from './missing-id.ts';
import { network } from './network.ts';
import { noActor } from './no-actor.ts';
import { noAnchor } from './no-anchor.ts';
import { noCriteria } from './no-criteria.ts';
import { noModel } from './no-model.ts';
import { noOutcome } from './no-outcome.ts';
import { noThreshold } from './no-threshold.ts';
import { notACheck } from './not-a-check.ts';
import { notLast } from './not-last.ts';
import { notStrictJson } from './not-strict-json.ts';
import { notTerminating } from './not-terminating.ts';
import { onlyStatic } from './only-static.ts';
import { openDecision } from './open-decision.ts';
import { openList } from './open-list.ts';
import { orderAgainstDependency } from './order-against-dependency.ts';
import { outsideRepository } from './outside-repository.ts';
import { overQualified } from './over-qualified.ts';
import { passesWithoutEvidence } from './passes-without-evidence.ts';
import { patternRef } from './pattern-ref.ts';
import { placeholder } from './placeholder.ts';
import { processStep } from './process-step.ts';
import { prose } from './prose.ts';
import { proseQuality } from './prose-quality.ts';
import { severalFeatures } from './several-features.ts';
import { sharedState } from './shared-state.ts';
import { statusConflict } from './status-conflict.ts';
import { storyRef } from './story-ref.ts';
import { storyTooBig } from './story-too-big.ts';
import { subjectiveUx } from './subjective-ux.ts';
import { unboundedScope } from './unbounded-scope.ts';
import { uncheckedExpectation } from './unchecked-expectation.ts';
import { unknownCommand } from './unknown-command.ts';
import { unknownDependency } from './unknown-dependency.ts';
import { unknownModel } from './unknown-model.ts';
import { unnamedThing } from './unnamed-thing.ts';
import { unresolvedCheck } from './unresolved-check.ts';
import { unsupportedLanguage } from './unsupported-language.ts';
import { unusedDisable } from './unused-disable.ts';
import { vacuous } from './vacuous.ts';
import { vagueAdverb } from './vague-adverb.ts';
import { vagueQuality } from './vague-quality.ts';

/**
 * Every rule. Of two findings of one group with equal severity on one criterion, the rule that stands first here wins.
 */
export const rules: readonly Rule[] = [
  manualCheck,
  approval,
  openDecision,
  escapeHatch,
  externalRef,
  patternRef,
  openList,
  unboundedScope,
  noThreshold,
  bareComparative,
  subjectiveUx,
  vagueQuality,
  vagueAdverb,
  proseQuality,
  noOutcome,
  noActor,
  missing,
  unresolvedCheck,
  prose,
  ambiguousCommand,
  uncheckedExpectation,
  maskedExit,
  vacuous,
  notTerminating,
  network,
  destructive,
  outsideRepository,
  unknownCommand,
  notACheck,
  onlyStatic,
  notLast,
  storyRef,
  processStep,
  unnamedThing,
  noAnchor,
  missingFile,
  fragment,
  placeholder,
  noCriteria,
  compoundCriterion,
  checklistInString,
  severalFeatures,
  storyTooBig,
  duplicateCriterion,
  duplicateStory,
  sharedState,
  firstOfKind,
  architectural,
  noModel,
  unknownModel,
  overQualified,
  notStrictJson,
  dialect,
  duplicateStoryId,
  missingId,
  unknownDependency,
  dependencyCycle,
  orderAgainstDependency,
  badPriority,
  statusConflict,
  passesWithoutEvidence,
  hiddenCharacters,
  unsupportedLanguage,
  disableWithoutReason,
  unusedDisable,
];
