import { resolve } from 'node:path';
import { writeAtomic } from '../../host/atomic-write.ts';
import { checkPrd } from '../../land/gate.ts';
import { badge } from '../../report/badge.ts';
import { checkJson } from '../../report/check-json.ts';
import { checkPretty } from '../../report/check-pretty.ts';
import type { CheckedStory } from '../../report/checked.ts';
import { githubAnnotations } from '../../report/github.ts';
import { junit } from '../../report/junit.ts';
import { sarif } from '../../report/sarif.ts';
import type { CheckOptions } from '../commands/check.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { refusePrivilegedFork } from '../fork-event.ts';
import { gateListing } from '../gate-listing.ts';
import { gateRulesOf } from '../gate-selection.ts';
import { readGateSource } from '../gate-source.ts';
import { printListing, type Renderers } from '../print-listing.ts';
import { type Reverified, reverify } from '../reverify.ts';
import { refuse } from '../show-failure.ts';

const renderers = {
  pretty: checkPretty,
  json: checkJson,
  sarif,
  github: githubAnnotations,
  junit,
} satisfies Renderers<CheckedStory>;

const nothingRan = { kind: 'ran', notGreen: [], stories: new Set<string>() } as const;

/** The gate. Executes nothing unless asked to; exit 0, 1 (a pass does not hold), 6 (something was taken away) or 7 (forged). */
export async function runCheck(options: CheckOptions, context: Context): Promise<ExitCode> {
  if (options.reverify === true) await refusePrivilegedFork(context.env);
  const reading = await readGateSource(options, context);
  if (reading.kind === 'refused') return refuse(reading.problems, context);
  const { document, commit, head, evidence, base } = reading.source;
  const { prd } = document;
  const rules = gateRulesOf(options, prd);
  const claimed = prd.stories.filter(({ id, passes }) => passes && (rules.stories?.has(id) ?? true));
  const again: Reverified = options.reverify === true ? await reverify(document, claimed, commit, context) : nothingRan;
  if (again.kind === 'refused') return refuse(again.problems, context);
  if (again.kind === 'stopped') return again.exit;
  const report = checkPrd({ prd, head, evidence, base, rules, rerun: again.notGreen, reran: again.stories });
  const listing = gateListing(reading.source, report, rules, context.version);
  await printListing(listing, options.format, renderers, context);
  if (options.badge !== undefined) {
    await writeAtomic(resolve(context.cwd, options.badge), badge(listing, report.exit === 0));
  }
  return report.exit;
}
