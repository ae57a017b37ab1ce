import { findingJson } from './finding-json.ts';
import { activeFindings, countFindings, type Listing } from './listing.ts';

/** The findings and what each story is, as one JSON document. Fields are only ever added. */
export function lintJson({ files }: Listing): string {
  const { error, warning, info } = countFindings(files);
  const document = {
    version: 1,
    findings: files.flatMap((file) => activeFindings(file).map((finding) => findingJson(file, finding))),
    summary: { errors: error, warnings: warning, infos: info },
    stories: files.flatMap(({ file, stories }) =>
      stories.map(({ id, role, readiness, reasons, criteria }) => ({ file, id, role, readiness, reasons, criteria })),
    ),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
