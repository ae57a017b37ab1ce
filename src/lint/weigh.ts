import type { Disable } from '../prd/prd.ts';
import { type Silencer, silences } from './disable.ts';
import type { Finding, Group, LintRole, RuleId } from './rule.ts';
import { type LevelSettings, severityOf, worstFirst } from './severity.ts';
import type { Sighting } from './sighting.ts';

export interface Scales {
  readonly story: string | null;
  readonly role: LintRole;
  readonly settings: LevelSettings;
  readonly silencers: readonly Silencer[];
  /** Keep findings of low confidence. */
  readonly pedantic: boolean;
  /** Every disable that silenced something is added. */
  readonly used: Set<Disable>;
}

/** Turns sightings into findings: severity by role, disables, and of each group the worst per criterion. */
export function weigh(seen: readonly Sighting[], scales: Scales): readonly Finding[] {
  const counting: Finding[] = [];
  const silenced: Finding[] = [];
  for (const sighting of seen) {
    const finding = toFinding(sighting, scales);
    if (finding !== null) (finding.suppressed === undefined ? counting : silenced).push(finding);
  }
  return [...worstOfEachGroup(counting), ...silenced];
}

function toFinding({ rule, spot, criterion, path }: Sighting, scales: Scales): Finding | null {
  const severity = severityOf(rule, spot.confidence, scales.role, scales.settings);
  if (severity === null || (spot.confidence === 'low' && !scales.pedantic)) return null;
  const silencer = scales.silencers.find((one) => silences(one, rule, criterion));
  if (silencer !== undefined) scales.used.add(silencer.disable);
  const edits = spot.edits ?? none;
  const finding: Finding = {
    rule: rule.id,
    severity,
    story: scales.story,
    criterion,
    path,
    role: scales.role,
    confidence: spot.confidence,
    message: spot.message,
    hint: spot.hint,
    matches: spot.matches ?? none,
    related: none,
    fix: edits.length === 0 || rule.fix === 'hint' ? null : rule.fix,
    edits,
  };
  return silencer === undefined ? finding : { ...finding, suppressed: silencer.reason };
}

const none: readonly never[] = [];

/**
 * Of the findings on one criterion the worst of each group stays, and names the others. Equals keep the order of the
 * rules.
 */
function worstOfEachGroup(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = finding.criterion === null ? `${groups.size} alone` : `${finding.criterion} ${groupOf(finding.rule)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map(worst);
}

function worst(group: readonly Finding[]): Finding {
  if (group.length === 1) return group[0] as Finding;
  const [first, ...others] = worstFirst(group);
  const finding = first as Finding;
  return others.length === 0 ? finding : { ...finding, related: [...new Set(others.map(({ rule }) => rule))] };
}

function groupOf(rule: RuleId): Group {
  // The half before the slash is a group by the type of rule ids.
  return rule.slice(0, rule.indexOf('/')) as Group;
}
