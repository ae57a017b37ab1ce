import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { dangers } from './expression-shape.ts';

describe('the look-out for slow expressions', () => {
  it.each([
    ['(a+)+', 'g', 1],
    ['(?:a|b*)*', '', 1],
    ['\\w+\\d+', '', 1],
    ['\\s*,?\\s*', '', 1],
    ['(a)\\1', '', 1],
    ['\\w+ \\w+', '', 0],
    ['(?:a{1,3}){2}', '', 0],
    ['[^"]*"', '', 0],
    ['\\bfoo\\s+bar', '', 0],
  ] as const)('/%s/%s has %i', (source, flags, count) => {
    expect(dangers(source, flags)).toHaveLength(count);
  });
});

describe.each(['src/lint', 'src/prd'])('%s', (room) => {
  const found = expressionsIn(room);

  it('has expressions to look at', () => {
    expect(found.length).toBeGreaterThan(10);
  });

  it('has no expression that a hostile text makes slow', () => {
    const slow = found.flatMap(({ file, source, flags }) =>
      dangers(source, flags).map((danger) => `${file}: /${source}/ ${danger}`),
    );
    expect(slow).toEqual([]);
  });
});

function expressionsIn(room: string) {
  const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) => literals(join(room, file)));
}

function literals(file: string): readonly { readonly file: string; readonly source: string; readonly flags: string }[] {
  const found: { file: string; source: string; flags: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ file, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
  return found;
}
