import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import { readClaim } from '../dialects/claim.ts';
import { storyKeys } from '../dialects/keys.ts';
import { elementsOf, firstMember, type Member, type Members, membersOf, textOf } from '../dialects/members.ts';
import { neutralOpenWords, plainWord, readProgress } from '../dialects/progress-words.ts';
import type { PrdDocument } from '../parse.ts';
import type { Story } from '../prd.ts';
import { readSyntax } from '../syntax.ts';
import { placeCriteria } from './criteria.ts';
import { type Draft, isPlain, openDraft, place, retire } from './draft.ts';
import type { Edits, Kept } from './migrate.ts';

/** What has to change in the stories of a flat document; what is kept stays as it is. */
export function storyEdits({ text, file, prd }: PrdDocument, kept: Kept): Edits {
  const syntax = readSyntax(text, file);
  if (syntax.kind === 'refused') return { change: [], remove: [] };
  const drafts = prd.stories
    .filter(({ index }) => !kept.whole.has(index))
    .map((story) => {
      const draft = draftStory(story, findNodeAtLocation(syntax.source.root, [...story.path]));
      if (!kept.criteria.has(story.index)) placeCriteria(draft, story, prd.checks);
      return draft;
    });
  return { change: drafts.flatMap(({ change }) => change), remove: drafts.flatMap(({ remove }) => remove) };
}

function draftStory(story: Story, node: Node | undefined): Draft {
  const draft = openDraft(story.path, membersOf(node));
  placeId(draft, story);
  placeTitle(draft, story);
  placeDescription(draft, story);
  placeModel(draft, story);
  placeRank(draft, story);
  placeDependencies(draft, story);
  placePhase(draft, story);
  placeFiles(draft, story);
  placePasses(draft);
  placeNotes(draft, story);
  return draft;
}

function placeId(draft: Draft, { id }: Story): void {
  const from = draft.members.get('id');
  if (from?.value.type === 'number') place(draft, { key: 'id', from, value: id });
}

function placeTitle(draft: Draft, { id, title }: Story): void {
  const from = storyKeys.title.map((key) => draft.members.get(key)).find((member) => textOf(member?.value)?.trim());
  if (from !== undefined) place(draft, { key: 'title', from, value: textOf(from.value) });
  else if (title !== id) place(draft, { key: 'title', from: null, value: title });
}

function placeDescription(draft: Draft, { description }: Story): void {
  const [first, ...others] = storyKeys.description
    .map((key) => draft.members.get(key))
    .filter((member): member is Member => Boolean(textOf(member?.value)?.trim()));
  if (first === undefined) return;
  const value = others.length === 0 ? textOf(first.value) : description;
  place(draft, { key: 'description', from: first, value });
  for (const other of others) retire(draft, other, false);
}

/** `agent` says other things too, so it stays. */
function placeModel(draft: Draft, { implementModel }: Story): void {
  if (implementModel === null) return;
  const from = firstMember(draft.members, storyKeys.implementModel);
  place(draft, { key: 'implementModel', from, value: from === null ? implementModel : textOf(from.value) });
}

function placeRank(draft: Draft, { priority }: Story): void {
  const from = draft.members.get('priority');
  if (from?.value.type === 'string' && priority !== null) place(draft, { key: 'priority', from, value: priority });
}

function placeDependencies(draft: Draft, { dependsOn }: Story): void {
  const from = firstMember(draft.members, storyKeys.dependsOn);
  if (from !== null || dependsOn.length > 0) {
    const loses = from !== null && !holdsIdsOnly(from.value);
    place(draft, { key: 'dependsOn', from, value: dependsOn, loses });
  }
  const blocks = draft.members.get('blocks');
  if (blocks !== undefined) retire(draft, blocks, !holdsIdsOnly(blocks.value));
}

/** A sentence ("API ready") names no story: it would be lost. */
function holdsIdsOnly(node: Node): boolean {
  const entries = node.type === 'array' ? elementsOf(node) : [node];
  return isPlain(node) && entries.every((entry) => !/\S\s+\S/.test((textOf(entry) ?? '').replaceAll(/,\s*/g, ',')));
}

function placePhase(draft: Draft, { phase }: Story): void {
  const from = firstMember(draft.members, storyKeys.phase);
  if (from !== null && phase !== null) place(draft, { key: 'phase', from, value: getNodeValue(from.value) });
}

function placeFiles(draft: Draft, { files }: Story): void {
  const from = firstMember(draft.members, storyKeys.files);
  if (from === null || files.length === 0) return;
  place(draft, { key: 'files', from, value: files, loses: !isPlain(from.value) });
  const created = draft.members.get('filestocreate');
  if (created !== undefined && created !== from) retire(draft, created, !isPlain(created.value));
}

function placePasses(draft: Draft): void {
  const { members } = draft;
  const { from, passes, onHold } = readClaim(members);
  if (from === null || from.key === 'passes') return;
  if (from.value.type === 'boolean' && from !== members.get('buildpass')) {
    place(draft, { key: 'passes', from, value: passes });
    return;
  }
  place(draft, { key: 'passes', from: null, value: passes });
  const status = members.get('status');
  if (status === from && onHold === null && saysNoMore(members)) retire(draft, status, false);
}

/** The word is as good as true or false. */
function saysNoMore(members: Members): boolean {
  const word = textOf(members.get('status')?.value) ?? '';
  return readProgress(word, false) === 'done' || neutralOpenWords.has(plainWord(word));
}

function placeNotes(draft: Draft, { notes }: Story): void {
  const from = firstMember(draft.members, storyKeys.notes);
  if (from === null || (from.value.type !== 'string' && notes === '')) return;
  place(draft, { key: 'notes', from, value: notes, loses: !isPlain(from.value) });
}
