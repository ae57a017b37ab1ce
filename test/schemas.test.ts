import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { jsonSchemaText } from '../src/cli/json-schema.ts';
import { type SchemaName, schemaNames } from '../src/cli/schema-names.ts';
import { smallRun } from './report/builders.ts';

/** Whether a value is valid by a committed schema, as any editor would say. */
function errorsOf(name: SchemaName, value: unknown): readonly unknown[] {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')));
  validate(value);
  return validate.errors ?? [];
}

describe('schemas', () => {
  it.each(schemaNames)('%s is what `npm run schemas` writes', async (name) => {
    expect(readFileSync(`schemas/${name}.schema.json`, 'utf8')).toBe(await jsonSchemaText(name));
  });

  it('are all there, and nothing else', () => {
    expect(readdirSync('schemas').sort()).toEqual(schemaNames.map((name) => `${name}.schema.json`).sort());
  });

  it('accept a canonical PRD and name what is wrong with another', () => {
    const story = { id: 'US-1', title: 'Cart', acceptanceCriteria: ['`npm test` passes'], priority: 1, passes: false };
    expect(errorsOf('prd', { userStories: [story] })).toEqual([]);
    expect(errorsOf('prd', { userStories: [{ ...story, passes: 'true' }] })).not.toEqual([]);
  });

  it('accept every record of a run', () => {
    for (const record of smallRun) expect(errorsOf('event', record)).toEqual([]);
    expect(errorsOf('event', { ...smallRun[0], data: {} })).not.toEqual([]);
  });

  it('show an author that a repository cannot name endpoints', () => {
    expect(errorsOf('config', { limits: { runTime: '2h' }, lint: { terms: ['Smart Cart'] } })).toEqual([]);
    expect(errorsOf('config', { models: {} })).not.toEqual([]);
    expect(errorsOf('user-config', { models: { local: { baseUrl: 'http://localhost:1', price: 'flat' } } })).toEqual(
      [],
    );
  });
});
