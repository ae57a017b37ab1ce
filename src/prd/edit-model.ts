import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { storyKeys } from './dialects/keys.ts';
import { firstMember, membersOf } from './dialects/members.ts';
import type { DocumentEdit } from './edit/document-edit.ts';
import { type Edited, editText } from './edit.ts';
import { type PrdDocument, parsePrd } from './parse.ts';
import type { Story } from './prd.ts';
import { readSyntax } from './syntax.ts';

/**
 * Gives stories to models, in the field in which each story names its own. The result is read back: it names these models and
 * says nothing else that is new, or nothing is changed.
 */
export function setModels(document: PrdDocument, models: ReadonlyMap<Story, string>, storiesPointer?: string): Edited {
  const { file, text } = document;
  const syntax = readSyntax(text, file);
  if (syntax.kind === 'refused') return { kind: 'refused', problem: { code: 'file-empty', file } };
  const { root } = syntax.source;
  const edited = editText(
    text,
    file,
    [...models].map(([story, model]) => modelEdit(root, story, model)),
  );
  if (edited.kind === 'refused') return edited;
  const after = parsePrd(edited.text, file, storiesPointer === undefined ? {} : { storiesPointer });
  if (after.kind === 'read' && says(after.document, document, models)) return edited;
  return { kind: 'refused', problem: { code: 'edit-refused', file, why: 'the stories would not read as intended' } };
}

/** In its own field, whatever that is called; a new one stands in front of the criteria. */
function modelEdit(root: Node, { path }: Story, value: string): DocumentEdit {
  const members = membersOf(findNodeAtLocation(root, [...path]));
  const own = firstMember(members, storyKeys.implementModel);
  if (own !== null) return { kind: 'set', path: [...path, own.key], value };
  const agent = members.get('agent');
  const inner = membersOf(agent?.value).get('model');
  if (agent !== undefined && inner !== undefined) {
    return { kind: 'set', path: [...path, agent.key, inner.key], value };
  }
  const criteria = firstMember(members, storyKeys.acceptanceCriteria);
  const key = members.get('implementmodel')?.key ?? 'implementModel';
  return { kind: 'set', path: [...path, key], value, ...(criteria !== null && { before: criteria.key }) };
}

function says(after: PrdDocument, before: PrdDocument, models: ReadonlyMap<Story, string>): boolean {
  const now = after.prd.stories.map(({ implementModel }) => implementModel);
  return before.prd.stories.every((story) => now[story.index] === (models.get(story) ?? story.implementModel));
}
