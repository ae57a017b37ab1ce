import fc from 'fast-check';
import { findNodeAtLocation, parse, parseTree } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { setPasses } from '../../src/prd/edit.ts';
import { parsePrd } from '../../src/prd/parse.ts';

/** How a generated file writes JSON. */
interface Layout {
  readonly indent: string;
  readonly eol: string;
  readonly bom: boolean;
  readonly comments: boolean;
  readonly trailingCommas: boolean;
  readonly colon: string;
  readonly finalEol: boolean;
}

const layouts: fc.Arbitrary<Layout> = fc.record({
  indent: fc.constantFrom('', ' ', '  ', '    ', '\t'),
  eol: fc.constantFrom('\n', '\r\n'),
  bom: fc.boolean(),
  comments: fc.boolean(),
  trailingCommas: fc.boolean(),
  colon: fc.constantFrom(':', ': ', ' : '),
  finalEol: fc.boolean(),
});

/** Writes a value in a layout; an empty indent puts everything on one line. */
function write(value: unknown, layout: Layout, depth = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isArray = Array.isArray(value);
  const children = isArray
    ? value.map((one) => write(one, layout, depth + 1))
    : Object.entries(value).map(
        ([key, one]) => `${JSON.stringify(key)}${layout.colon}${write(one, layout, depth + 1)}`,
      );
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (children.length === 0) return open + close;
  const oneLine = layout.indent === '';
  const lead = oneLine ? '' : layout.eol + layout.indent.repeat(depth + 1);
  const [inLine, toEnd] = layout.comments ? ['/* , } */', ' // , }'] : ['', ''];
  const last = layout.trailingCommas ? ',' : '';
  const body = children
    .map((child, at) => `${lead}${child}${at < children.length - 1 ? ',' : last}${oneLine ? inLine : toEnd}`)
    .join('');
  return `${open}${body}${oneLine ? '' : layout.eol + layout.indent.repeat(depth)}${close}`;
}

const progress = fc.constantFrom<Record<string, unknown>>(
  {},
  { passes: false },
  { passes: true },
  { status: 'todo' },
  { status: 'Done' },
  { status: 'partial', passes: true },
  { completed: false },
  { done: true, status: 'open' },
  { build_pass: true, qa_pass: false },
  { passes: false, skipped: true },
);

/** `__proto__` as a key is refused, and has its own test. */
const values = fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes('__proto__'));

const stories = fc
  .uniqueArray(
    fc.record({
      id: fc.oneof(
        fc.nat(99),
        fc.string({ minLength: 1, maxLength: 6 }).filter((id) => id.trim() !== '' && !/^-?\d/.test(id)),
      ),
      fields: progress,
      extra: fc.dictionary(
        fc.string({ maxLength: 4 }).map((key) => `x${key}`),
        values,
        { maxKeys: 3 },
      ),
      idLast: fc.boolean(),
    }),
    { selector: (story) => String(story.id), minLength: 1, maxLength: 5 },
  )
  .map((list) =>
    list.map(({ id, fields, extra, idLast }) =>
      idLast ? { ...extra, ...fields, id } : { id, title: 't', ...fields, ...extra },
    ),
  );

const shapes = fc.constantFrom<(list: unknown[]) => unknown>(
  (userStories) => ({ project: 'p', userStories, more: [1, { a: null }] }),
  (tasks) => ({ tasks }),
  (list) => list,
  (stories) => ({ prd: { stories } }),
);

const documents = fc.tuple(stories, shapes, layouts).map(([list, shape, layout]) => {
  const text = write(shape(list), layout) + (layout.finalEol ? layout.eol : '');
  return { text: (layout.bom ? '\ufeff' : '') + text, ids: list.map((story) => String(story.id)) };
});

function claimsOf(text: string): readonly (readonly [string, boolean])[] {
  const parsed = parsePrd(text, 'PRD.json');
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
  return parsed.document.prd.stories.map((story) => [story.id, story.passes]);
}

/** The document without any field that a flip may write. */
function withoutProgress(text: string): unknown {
  const value: unknown = parse(text.replace(/^\ufeff/, ''), [], { allowTrailingComma: true });
  return JSON.parse(
    JSON.stringify(value, (key, inner) =>
      /^(?:passes|status|completed|done|build_pass|qa_pass)$/.test(key) ? undefined : inner,
    ),
  );
}

describe('a flip of any story in any layout', () => {
  it('changes that story and nothing else, and reads back', () => {
    fc.assert(
      fc.property(documents, fc.nat(4), fc.boolean(), ({ text, ids }, at, passes) => {
        const id = ids[at % ids.length] ?? '';
        const before = claimsOf(text);
        const edited = setPasses(text, 'PRD.json', id, passes);
        if (edited.kind === 'refused') throw new Error(JSON.stringify(edited.problem));
        expect(claimsOf(edited.text)).toEqual(before.map(([one, was]) => [one, one === id ? passes : was]));
        expect(withoutProgress(edited.text)).toEqual(withoutProgress(text));
        expect(edited.text.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'));
        expect(/[^\r]\n/.test(edited.text)).toBe(/[^\r]\n/.test(text));
      }),
      { numRuns: 600 },
    );
  });

  it('a flip to what a story says already, where one field says it, changes no byte', () => {
    fc.assert(
      fc.property(documents, ({ text, ids }) => {
        for (const id of ids) {
          const once = setPasses(text, 'PRD.json', id, true);
          if (once.kind === 'refused') throw new Error(JSON.stringify(once.problem));
          expect(setPasses(once.text, 'PRD.json', id, true)).toEqual(once);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('touches no byte outside the braces of that story', () => {
    fc.assert(
      fc.property(documents, fc.nat(4), ({ text, ids }, at) => {
        const id = ids[at % ids.length] ?? '';
        const edited = setPasses(text, 'PRD.json', id, true);
        if (edited.kind === 'refused') throw new Error(JSON.stringify(edited.problem));
        const [start, end] = braces(text, id);
        expect(edited.text.slice(0, start)).toBe(text.slice(0, start));
        expect(edited.text.slice(edited.text.length - (text.length - end))).toBe(text.slice(end));
      }),
      { numRuns: 300 },
    );
  });
});

/** Offsets of the opening brace of a story and behind its closing one. */
function braces(text: string, id: string): readonly [number, number] {
  const parsed = parsePrd(text, 'PRD.json');
  const root = parseTree(text.replace('\ufeff', ''), [], { allowTrailingComma: true });
  const story = parsed.kind === 'read' ? parsed.document.prd.stories.find((one) => one.id === id) : undefined;
  const node = root && story && findNodeAtLocation(root, [...story.path]);
  if (node === undefined) throw new Error(`no story ${id}`);
  const shift = text.startsWith('\ufeff') ? 1 : 0;
  return [node.offset + shift, node.offset + node.length + shift];
}
