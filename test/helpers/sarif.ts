import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

// The schema names formats and uses `default` in ways that strict mode calls unusual.
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync('test/fixtures/sarif/sarif-2.1.0.json', 'utf8')));

/** What the schema of the standard says against a document. */
export function sarifErrors(document: unknown): readonly ErrorObject[] {
  validate(document);
  return validate.errors ?? [];
}
