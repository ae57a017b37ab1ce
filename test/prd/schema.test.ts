import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { prdSchema } from '../../src/prd/schema.ts';
import { readDocument } from '../helpers/documents.ts';

const schema = z.toJSONSchema(prdSchema, { target: 'draft-2020-12', io: 'input' });
const validate = new Ajv2020({ strict: true }).compile(schema);
const story = { id: 'US-1', title: 'Cart', acceptanceCriteria: ['Verify: npm test'] };
const full = {
  $schema: './node_modules/prd-orchestrator/schemas/prd.schema.json',
  project: 'shop',
  branchName: 'prd/cart',
  description: 'Cart and checkout',
  checks: { typecheck: 'npx tsc --noEmit', test: 'npm test' },
  userStories: [
    {
      ...story,
      description: 'As a shopper …',
      implementModel: 'sonnet',
      acceptanceCriteria: [
        'Empty state: bag icon',
        {
          text: 'cart totals',
          verify: { run: 'npm test -- cart', expect: { exit: 0, stdout: 'ok' }, timeout: '5m', cwd: 'web' },
        },
      ],
      priority: 54,
      dependsOn: ['US-0', 7],
      phase: 1,
      files: ['lib/cart/**'],
      owns: ['test/cart/**'],
      passes: false,
      notes: '',
      lint: { disable: [{ rule: 'judgment/pattern-ref', criterion: 'icon', reason: 'there is one icon' }] },
      estimate: '2h',
    },
  ],
  lint: { disable: [] },
  version: 3,
};

describe('the published schema', () => {
  it.each<[string, unknown]>([
    ['the canonical document', full],
    ['the smallest one', { userStories: [] }],
    ['a story without optional fields', { userStories: [story] }],
    ['an integer id', { userStories: [{ ...story, id: 7 }] }],
  ])('accepts %s, which is read without a note', (_name, document) => {
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    const aside = readDocument(document).prd.notes.filter((note) => !note.message.includes('number ids'));
    expect(aside).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['no stories', {}],
    ['stories that are no list', { userStories: {} }],
    ['a story without a title', { userStories: [{ id: 'A', acceptanceCriteria: [] }] }],
    ['a word for passes', { userStories: [{ ...story, passes: 'true' }] }],
    ['a word for a priority', { userStories: [{ ...story, priority: 'high' }] }],
    ['a number for a check', { userStories: [], checks: { test: 1 } }],
    [
      'an exit code out of range',
      { userStories: [{ ...story, acceptanceCriteria: [{ verify: { run: 'x', expect: { exit: 256 } } }] }] },
    ],
    [
      'a timeout nobody can read',
      { userStories: [{ ...story, acceptanceCriteria: [{ verify: { run: 'x', timeout: 'soon' } }] }] },
    ],
    ['a disabled rule without a reason', { userStories: [], lint: { disable: [{ rule: 'x' }] } }],
  ])('refuses %s', (_name, document) => {
    expect(validate(document)).toBe(false);
  });

  it('every property says what it is', () => {
    const silent: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const properties = 'properties' in node ? Object.entries(node.properties as object) : [];
      for (const [name, property] of properties) {
        const isNamed = '$ref' in property || ('title' in property && 'description' in property);
        if (!isNamed) silent.push(`${path}/${name}`);
      }
      for (const [key, inner] of Object.entries(node)) visit(inner, `${path}/${key}`);
    };
    visit(schema, '');
    expect(silent).toEqual([]);
  });

  it('what the schema allows for the object form is what the reader reads', () => {
    expect(readDocument(full).prd.stories[0]?.criteria[1]?.reading).toEqual({
      kind: 'command',
      command: {
        run: 'npm test -- cart',
        expect: { exit: 0, output: { kind: 'contains', text: 'ok' } },
        cwd: 'web',
        timeoutMs: 300_000,
        name: null,
        remark: null,
      },
    });
  });
});
