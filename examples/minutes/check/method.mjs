// The method must decide what the record leaves open, and show each rule on lines that are really there.
import { existsSync, readFileSync } from 'node:fs';
import { recordOf, report } from './record.mjs';

const text = existsSync('method.md') ? readFileSync('method.md', 'utf8') : '';
const sections = ['What counts', 'Owner', 'Action', 'Deadline', 'What does not count', 'Form'];
const faults = sections
  .filter((name) => !text.includes(`## ${name}\n`))
  .map((name) => `method.md has no section "${name}"`);
const examples = [...text.matchAll(/part (\d), line (\d+): "([^"]+)"/g)];
if (examples.length < 4) faults.push('method.md shows fewer than four lines of the record');
for (const [, part, line, quote] of examples) {
  const there = recordOf(Number(part)).find((one) => one.line === Number(line));
  if (!there?.said.includes(quote)) faults.push(`part ${part}, line ${line} does not say "${quote}"`);
}
report(faults, `the method stands on ${examples.length} lines of the record`);
