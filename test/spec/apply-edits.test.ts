import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyRefinedEdits } from '../../src/spec/apply-edits.ts';

const files: Record<string, string> = { 'a.ts': 'one();\ntwo();\none();\n', 'b.ts': 'three\r\n' };
const read = (path: string) => files[path] ?? null;
const edit = (path: string, old: string, fresh: string) => ({ path, old, new: fresh });

describe('exact edits', () => {
  it('are made in order, over several files, and leave every other byte alone', () => {
    expect(
      applyRefinedEdits(read, [
        edit('b.ts', 'three', '$& 4'),
        edit('a.ts', 'two();', 'TWO();'),
        edit('a.ts', 'TWO();\none', 'TWO();\nlast'),
        edit('c.ts', '', 'new file\n'),
      ]),
    ).toEqual({
      kind: 'applied',
      files: [
        { path: 'b.ts', text: '$& 4\r\n' },
        { path: 'a.ts', text: 'one();\nTWO();\nlast();\n' },
        { path: 'c.ts', text: 'new file\n' },
      ],
    });
  });

  it.each([
    ['not-found', edit('a.ts', 'three', 'x')],
    ['not-found', edit('b.ts', 'three\n', 'x')],
    ['ambiguous', edit('a.ts', 'one', 'x')],
    ['no-such-file', edit('z.ts', 'one', 'x')],
    ['exists', edit('a.ts', '', 'x')],
    ['equal', edit('a.ts', 'two', 'two')],
  ] as const)('%s: nothing at all is applied', (why, bad) => {
    expect(applyRefinedEdits(read, [edit('b.ts', 'three', 'four'), bad])).toEqual({
      kind: 'refused',
      edit: 2,
      path: bad.path,
      why,
    });
  });

  it('two places that overlap are two places', () => {
    const overlapping = (path: string) => (path === 'o' ? 'aXaXa' : null);
    expect(applyRefinedEdits(overlapping, [edit('o', 'aXa', 'b')])).toMatchObject({ why: 'ambiguous' });
  });

  it('an edit that is undone gives the text back, whatever the text is', () => {
    const words = fc.string().map((text) => text.replace(/[<>]/g, ''));
    fc.assert(
      fc.property(words, words, words, (before, old, after) => {
        const text = `${before}<${old}>${after}`;
        const made = applyRefinedEdits(() => text, [edit('x', `<${old}>`, '<>$&')]);
        const between = made.kind === 'applied' ? (made.files[0]?.text ?? '') : '';
        fc.pre(old !== '');
        expect(applyRefinedEdits(() => between, [edit('x', '<>$&', `<${old}>`)])).toEqual({
          kind: 'applied',
          files: [{ path: 'x', text }],
        });
      }),
    );
  });
});
