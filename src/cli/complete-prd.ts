import { applyEdits, type ModificationOptions, modify } from 'jsonc-parser';
import { styleOf } from '../prd/edit/style.ts';
import { type PrdDocument, parsePrd } from '../prd/parse.ts';
import { readSyntax } from '../prd/syntax.ts';

export interface Additions {
  readonly schema: string;
  readonly checks: Readonly<Record<string, string>>;
}

export interface Completed {
  readonly text: string;
  /** Keys that were added, in the order of the file. */
  readonly added: readonly string[];
}

/**
 * Adds `$schema` at the top and `checks` before the stories, where they are missing, and changes no other byte. A file that has
 * no place for one of them (a bare list of stories) stays without.
 */
export function completePrd(document: PrdDocument, { schema, checks }: Additions): Completed {
  const { prd } = document;
  const wantsChecks = prd.checks.size === 0 && Object.keys(checks).length > 0;
  const steps: readonly (readonly [string, unknown])[] = [
    ...(wantsChecks ? [['checks', checks] as const] : []),
    ...(prd.hasSchema ? [] : [['$schema', schema] as const]),
  ];
  return steps.reduce<Completed>(
    ({ text, added }, [key, value]) => {
      const changed = addMember(text, document, key, value);
      return changed === null ? { text, added } : { text: changed, added: [key, ...added] };
    },
    { text: document.text, added: [] },
  );
}

function addMember(text: string, document: PrdDocument, key: string, value: unknown): string | null {
  const syntax = readSyntax(text, document.file);
  if (syntax.kind === 'refused' || syntax.source.root.type !== 'object') return null;
  const { body, root, hasBom } = syntax.source;
  const { eol, indent, multiline } = styleOf(body, root);
  const formattingOptions = { eol, insertSpaces: !indent.startsWith('\t'), tabSize: indent.length };
  const options: ModificationOptions = {
    getInsertionIndex: (keys) => (key === '$schema' ? 0 : placeOfStories(keys, document)),
    ...(multiline ? { formattingOptions } : {}),
  };
  const changed = (hasBom ? '\ufeff' : '') + applyEdits(body, modify(body, [key], value, options));
  return readsTheSame(changed, document) ? changed : null;
}

function placeOfStories(keys: readonly string[], { prd }: PrdDocument): number {
  const place = keys.indexOf(String(prd.stories[0]?.path[0]));
  return place < 0 ? keys.length : place;
}

function readsTheSame(text: string, before: PrdDocument): boolean {
  const after = parsePrd(text, before.file);
  if (after.kind === 'refused') return false;
  const facts = ({ prd }: PrdDocument): string =>
    JSON.stringify(prd.stories.map(({ id, title, passes, priority, path }) => [id, title, passes, priority, path]));
  return facts(after.document) === facts(before);
}
