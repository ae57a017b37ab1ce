import { type CheckedListing, type CheckTally, tallyOf } from './checked.ts';
import { count } from './figures.ts';
import { countWords, findingLines } from './finding-lines.ts';
import { activeFindings, type ListedFile, type StoryName } from './listing.ts';
import type { Out } from './reporter.ts';
import { typeset } from './symbols.ts';
import { printable } from './text.ts';

/** The gate's findings for a person, and one closing line. Ends with a line break. */
export function checkPretty(listing: CheckedListing, out: Out): string {
  const closing = `${tallyWords(tallyOf(listing), out)} · ${countWords(listing.files, out)}`;
  const lines = [...listing.files.flatMap((file) => fileLines(file, out)), closing];
  return lines.map((line) => `${typeset(line, out)}\n`).join('');
}

function fileLines(file: ListedFile<StoryName>, out: Out): readonly string[] {
  const findings = activeFindings(file);
  if (findings.length === 0) return [];
  const lines = findings.flatMap((finding) => findingLines(file, finding, out));
  return [out.paint.strong(printable(file.file)), ...lines, ''];
}

/** `7 of 10 stories pass (6 proven, 1 accepted)`. */
function tallyWords({ total, holds, unheld, strengths }: CheckTally, { paint }: Out): string {
  const kinds = strengths.map(({ strength, stories }) => `${stories} ${strength}`);
  const worth = kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
  const pass = `${holds} of ${count(total, 'story', 'stories')} ${holds === 1 ? 'passes' : 'pass'}${worth}`;
  if (unheld === 0) return pass;
  return `${pass}, ${paint.bad(`${count(unheld, 'claim')} ${unheld === 1 ? 'does' : 'do'} not hold`)}`;
}
