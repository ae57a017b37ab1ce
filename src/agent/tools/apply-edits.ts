import { findMatch, lineAt, occurrences, type Span } from './edit-match.ts';

export interface Edit {
  readonly old: string;
  readonly new: string;
  readonly all: boolean;
}

export type EditFailure =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'ambiguous'; readonly lines: readonly number[] }
  | { readonly kind: 'equal' }
  | { readonly kind: 'empty-old' }
  | { readonly kind: 'overlap'; readonly other: number };

export type Applied =
  | {
      readonly kind: 'applied';
      readonly text: string;
      /** Edits that changed something; the others were there already. */
      readonly changed: number;
      /** One line per relaxation and per edit that was there already. */
      readonly notes: readonly string[];
      /** Every edit was exact, line ends aside. */
      readonly exact: boolean;
    }
  | { readonly kind: 'failed'; readonly edit: number; readonly failure: EditFailure };

interface Region {
  readonly from: number;
  readonly to: number;
  readonly edit: number;
}

/** Applies edits in order, in memory: all or none. Only matched spans change. Edits are counted from 1. */
export function applyEdits(original: string, edits: readonly Edit[]): Applied {
  let state: State = { text: original, regions: [], changed: 0, notes: [], exact: true };
  for (const [index, edit] of edits.entries()) {
    const next = applyOne(state, edit, index + 1);
    if ('kind' in next) return { kind: 'failed', edit: index + 1, failure: withLinesOf(original, edit, next) };
    state = next;
  }
  const { text, changed, notes, exact } = state;
  return { kind: 'applied', text, changed, notes, exact };
}

interface State {
  readonly text: string;
  readonly regions: readonly Region[];
  readonly changed: number;
  readonly notes: readonly string[];
  readonly exact: boolean;
}

function applyOne(state: State, edit: Edit, number: number): State | EditFailure {
  if (edit.old === '') return { kind: 'empty-old' };
  if (edit.old === edit.new) return { kind: 'equal' };
  const match = findMatch(state.text, edit);
  if (match.kind === 'ambiguous') return { kind: 'ambiguous', lines: match.at.map((at) => lineAt(state.text, at)) };
  if (match.kind === 'none') return alreadyThere(state, edit, number) ?? { kind: 'not-found' };
  const touched = edit.all
    ? undefined
    : state.regions.find((region) => match.spans.some((span) => overlap(region, span)));
  if (touched) return { kind: 'overlap', other: touched.edit };
  const [span] = match.spans;
  const where = span ? linesOf(state.text, span.from, span.to) : '';
  const note = match.relaxed === null ? [] : [`edit ${number} matched ${where} ${relaxations[match.relaxed]}`];
  return {
    ...replaceSpans(state, match.spans, number),
    changed: state.changed + 1,
    notes: [...state.notes, ...note],
    exact: state.exact && match.relaxed === null,
  };
}

const relaxations = {
  blanks: 'only with trailing blanks ignored',
  indentation: 'only with its indentation shifted; `new` was shifted the same way',
} as const;

/** `old` is gone and `new` stands there once: the edit was made before. Short texts prove nothing. */
function alreadyThere(state: State, edit: Edit, number: number): State | null {
  if (edit.new.replace(/\s/g, '').length < 8) return null;
  const places = occurrences(state.text.replaceAll('\r\n', '\n'), edit.new.replaceAll('\r\n', '\n').trimEnd());
  const [at] = places;
  if (places.length !== 1 || at === undefined) return null;
  const flat = state.text.replaceAll('\r\n', '\n');
  const where = linesOf(flat, at, at + edit.new.trimEnd().length);
  const note = `edit ${number}: \`new\` is already at ${where} and \`old\` is absent; treat as done.`;
  return { ...state, notes: [...state.notes, note] };
}

function replaceSpans(state: State, spans: readonly Span[], edit: number): Pick<State, 'text' | 'regions'> {
  let { text, regions } = state;
  for (const span of [...spans].reverse()) {
    const grown = span.text.length - (span.to - span.from);
    text = text.slice(0, span.from) + span.text + text.slice(span.to);
    const moved = regions.map((region) => ({
      ...region,
      from: region.from >= span.to ? region.from + grown : region.from,
      to: region.to >= span.to ? region.to + grown : region.to,
    }));
    regions = [...moved, { from: span.from, to: span.from + span.text.length, edit }];
  }
  return { text, regions };
}

function overlap(region: Region, span: Span): boolean {
  return region.from < span.to && span.from < region.to;
}

function linesOf(text: string, from: number, to: number): string {
  const [first, last] = [lineAt(text, from), lineAt(text, Math.max(from, text[to - 1] === '\n' ? to - 1 : to))];
  return first === last ? `line ${first}` : `lines ${first}-${last}`;
}

/** Lines as the file has them: nothing of the earlier edits was written. */
function withLinesOf(original: string, edit: Edit, failure: EditFailure): EditFailure {
  if (failure.kind !== 'ambiguous') return failure;
  const match = findMatch(original, edit);
  return match.kind === 'ambiguous' ? { ...failure, lines: match.at.map((at) => lineAt(original, at)) } : failure;
}
