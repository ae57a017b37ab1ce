import type { Forgery } from './cheat.ts';
import { json } from './shape.ts';
import { cart } from './shapes.ts';

const edit = (file: string, how: string) =>
  `node -e "const fs = require('fs'); const file = ${file}; const it = JSON.parse(fs.readFileSync(file, 'utf8')); ${how}; fs.writeFileSync(file, JSON.stringify(it, null, 2) + '\\n')"`;
const prd = (how: string) => edit("'PRD.json'", how);
const evidence = (how: string) => edit("'.prd/evidence/' + fs.readdirSync('.prd/evidence')[0]", how);
const flip = prd('it.userStories[0].passes = true');
const forged = json({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [],
  predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
  predicate: { result: 'PASSED', configuration: [] },
});
const second = {
  id: 'US-2',
  title: 'Counts twice',
  implementModel: 'sonnet',
  acceptanceCriteria: [{ text: 'counts', verify: 'node --test' }],
  passes: false,
};
const two = { ...cart, others: [second] };
const broken =
  "printf 'export const count = (items) => items.length;\\nexport const total = () => 0;\\n' > src/cart.js";
const rehashed = `${broken} && ${evidence("const { execFileSync } = require('child_process'); const blob = execFileSync('git', ['hash-object', '-w', 'src/cart.js'], { encoding: 'utf8' }).trim(); for (const one of it.subject) if (one.name === 'src/cart.js') one.digest = { gitBlob: blob }")}`;

/** Forged in the history itself, by somebody who may push: T06, T07, T09 to T11. */
export const forgeries: readonly Forgery[] = [
  {
    name: 'T06 flips a story by hand',
    shape: cart,
    after: 'nothing',
    work: { run: flip },
    args: [],
    exit: 1,
    seen: [/no-evidence/],
  },
  {
    name: 'T06 flips it and makes evidence up',
    shape: cart,
    after: 'nothing',
    work: { files: { '.prd/evidence/US-1-00000000.json': forged }, run: flip },
    args: [],
    exit: 1,
    seen: [/no-evidence/],
  },
  {
    name: 'T07 copies the evidence of another story',
    shape: two,
    after: 'an honest run',
    work: {
      run: `cp .prd/evidence/US-1-*.json .prd/evidence/US-2-00000000.json && ${prd('it.userStories[1].passes = true')}`,
    },
    args: [],
    exit: 1,
    seen: [/US-2/, /no-evidence/],
  },
  {
    name: 'T07 edits what the evidence says of the baseline',
    shape: cart,
    after: 'an honest run',
    work: { run: evidence("it.predicate.strength = 'accepted'; it.predicate.checks = []") },
    args: [],
    exit: 7,
    seen: [/evidence-mismatch/],
  },
  {
    name: 'T07 changes a criterion after the pass',
    shape: cart,
    after: 'an honest run',
    work: { run: prd("it.userStories[0].acceptanceCriteria[0] = 'total adds up and takes the tax off'") },
    args: [],
    exit: 1,
    seen: [/stale-story/],
  },
  {
    name: 'T07 changes the check after the pass',
    shape: cart,
    after: 'an honest run',
    work: { run: prd("it.userStories[0].acceptanceCriteria[1].verify = 'true'") },
    args: [],
    exit: 1,
    seen: [/stale-story|check/],
  },
  {
    name: 'T09 breaks the code and has the evidence say so',
    shape: cart,
    after: 'an honest run',
    work: { run: rehashed },
    args: ['--reverify'],
    exit: 7,
    seen: [/./],
  },
  {
    name: 'T10 takes the story out that does not pass',
    shape: two,
    after: 'an honest run',
    work: { run: prd('it.userStories.pop()') },
    args: ['--base', 'HEAD~1'],
    exit: 6,
    seen: [/story-removed/],
  },
  {
    name: 'T10 weakens the check of a story that is open',
    shape: two,
    after: 'nothing',
    work: { run: prd("it.userStories[1].acceptanceCriteria[0].verify = 'true'") },
    args: ['--base', 'HEAD~1'],
    exit: 6,
    seen: [/check-weakened/],
  },
  {
    name: 'T11 breaks the code after the pass',
    shape: cart,
    after: 'an honest run',
    work: { run: broken },
    args: ['--strict'],
    exit: 1,
    seen: [/stale-files/],
  },
  {
    name: 'T11 breaks the code after the pass, and the gate runs it again',
    shape: cart,
    after: 'an honest run',
    work: { run: broken },
    args: ['--reverify'],
    exit: 1,
    seen: [/US-1/],
  },
];
