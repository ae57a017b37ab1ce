import type { Disable } from '../prd/prd.ts';
import { type Silencer, silences } from './disable.ts';
import type { Finding, Group, LintRole, RuleId } from './rule.ts';
import { compareSeverity, type LevelSettings, severityOf } from './severity.ts';
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
  const weighed = seen.flatMap((sighting) => toFinding(sighting, scales));
  const silenced = weighed.filter(({ suppressed }) => suppressed !== undefined);
  return [...worstOfEachGroup(weighed.filter(({ suppressed }) => suppressed === undefined)), ...silenced];
}

function toFinding({ rule, spot, criterion, path }: Sighting, scales: Scales): readonly Finding[] {
  const severity = severityOf(rule, spot.confidence, scales.role, scales.settings);
  if (severity === null || (spot.confidence === 'low' && !scales.pedantic)) return [];
  const silencer = scales.silencers.find((one) => silences(one, rule, criterion));
  if (silencer !== undefined) scales.used.add(silencer.disable);
  const edits = spot.edits ?? [];
  return [
    {
      rule: rule.id,
      severity,
      story: scales.story,
      criterion,
      path,
      role: scales.role,
      confidence: spot.confidence,
      message: spot.message,
      hint: spot.hint,
      matches: spot.matches ?? [],
      related: [],
      fix: edits.length === 0 || rule.fix === 'hint' ? null : rule.fix,
      edits,
      ...(silencer === undefined ? {} : { suppressed: silencer.reason }),
    },
  ];
}

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
  const [first, ...others] = [...group].sort((a, b) => compareSeverity(a.severity, b.severity));
  const finding = first as Finding;
  return others.length === 0 ? finding : { ...finding, related: [...new Set(others.map(({ rule }) => rule))] };
}

function groupOf(rule: RuleId): Group {
  // The half before the slash is a group by the type of rule ids.
  return rule.slice(0, rule.indexOf('/')) as Group;
}
