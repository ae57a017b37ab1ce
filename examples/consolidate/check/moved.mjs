import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const name = process.argv[2];
const text = readFileSync(`guides/${name}.md`, 'utf8');
assert.match(text, new RegExp(`^# ${name}\\n\\n.{20,}\\n$`, 'i'), 'a heading, an empty line, the text');
assert.ok(!existsSync(`notes/${name}.txt`), `notes/${name}.txt is gone`);
