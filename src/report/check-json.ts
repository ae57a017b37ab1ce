import { type CheckedListing, tallyOf } from './checked.ts';
import { findingJson } from './finding-json.ts';
import { activeFindings, countFindings } from './listing.ts';

/** The gate's findings and what each story's pass is worth, as one JSON document. Fields are only ever added. */
export function checkJson(listing: CheckedListing): string {
  const { files } = listing;
  const { error, warning } = countFindings(files);
  const { total, holds, unheld } = tallyOf(listing);
  const document = {
    version: 1,
    findings: files.flatMap((file) => activeFindings(file).map((finding) => findingJson(file, finding))),
    summary: { errors: error, warnings: warning, stories: total, holds, unheld },
    stories: files.flatMap(({ file, stories }) =>
      stories.map(({ id, title, passes, strength }) => ({ file, id, title, passes, strength })),
    ),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
