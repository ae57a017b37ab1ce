import type { Note, Story } from '../prd/prd.ts';
import type { Check, Edit } from './rule.ts';
import type { DocumentView } from './view.ts';

/** A rule about the document that the parser saw already: its notes become spots. */
export function noteRule(rule: Note['rule'], hint: string, edits: readonly Edit[] = []): Check {
  return {
    on: 'document',
    find: (view) =>
      view.prd.notes
        .filter((note) => note.rule === rule)
        .map((note) => ({
          confidence: 'high',
          message: note.message,
          hint,
          path: note.path,
          edits,
          ...aboutOf(note, view),
        })),
  };
}

function aboutOf({ story }: Note, { byId }: DocumentView): { readonly about?: Story } {
  const about = story === null ? undefined : byId.get(story);
  return about === undefined ? {} : { about };
}
