import type { ListedFile, ListedFinding, StoryName } from './listing.ts';

/** A finding as it stands in a JSON document, the same in every command. */
export function findingJson({ file }: ListedFile<StoryName>, finding: ListedFinding): object {
  const { rule, severity, story, criterion, role, confidence, line, column, path, message, hint } = finding;
  const { matches, related, fix } = finding;
  return {
    rule,
    severity,
    story,
    criterion,
    role,
    confidence,
    file,
    line,
    column,
    path,
    message,
    hint,
    matches,
    related,
    fix,
  };
}
