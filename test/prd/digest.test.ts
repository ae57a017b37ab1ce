import { describe, expect, it } from 'vitest';
import { storyDigest } from '../../src/prd/digest.ts';
import { readStory } from '../helpers/documents.ts';

const fields = {
  id: 'US-1',
  title: 'Cart',
  description: 'Show it',
  acceptanceCriteria: ['Shows the total', { text: 'adds up', verify: { run: 'npm test' } }],
  files: ['src/**'],
  owns: ['test/**'],
};
const digest = (changes: object = {}) => storyDigest(readStory({ ...fields, ...changes }));

describe('the digest of a story', () => {
  it('is 64 hex digits, and the same for the same text', () => {
    expect(digest()).toMatch(/^[0-9a-f]{64}$/);
    expect(digest()).toBe(digest());
  });

  it('never changes between versions, or all evidence would be stale', () => {
    expect(digest()).toBe('157ccfe38474aa22ef601a835f4ff711435de6b402b8f02150153354934bc4dd');
  });

  it.each<[string, object]>([
    ['title', { title: 'Basket' }],
    ['description', { description: 'Hide it' }],
    ['a criterion', { acceptanceCriteria: ['Shows the sum', fields.acceptanceCriteria[1]] }],
    ['order of criteria', { acceptanceCriteria: fields.acceptanceCriteria.toReversed() }],
    [
      'the command of an object form',
      { acceptanceCriteria: ['Shows the total', { text: 'adds up', verify: { run: 'npm run x' } }] },
    ],
    [
      'its expectation',
      {
        acceptanceCriteria: ['Shows the total', { text: 'adds up', verify: { run: 'npm test', expect: { exit: 1 } } }],
      },
    ],
    [
      'its folder',
      { acceptanceCriteria: ['Shows the total', { text: 'adds up', verify: { run: 'npm test', cwd: 'web' } }] },
    ],
    [
      'its timeout',
      { acceptanceCriteria: ['Shows the total', { text: 'adds up', verify: { run: 'npm test', timeout: '1m' } }] },
    ],
    ['files', { files: ['src/cart/**'] }],
    ['owns', { owns: [] }],
  ])('changes with %s', (_name, changes) => {
    expect(digest(changes)).not.toBe(digest());
  });

  it.each<[string, object]>([
    ['passes', { passes: true }],
    ['notes', { notes: 'x' }],
    ['priority', { priority: 9 }],
    ['the model', { implementModel: 'delegate' }],
    ['dependencies', { dependsOn: ['X'] }],
    ['the id', { id: 'US-2' }],
    ['unknown keys', { labels: ['x'] }],
  ])('stays the same with another value of %s', (_name, changes) => {
    expect(digest(changes)).toBe(digest());
  });

  it('the dialect does not matter', () => {
    const { title, acceptanceCriteria, ...rest } = fields;
    expect(storyDigest(readStory({ ...rest, name: title, acceptance_criteria: acceptanceCriteria }))).toBe(digest());
  });

  it('how a text is read does not matter: a better grammar makes no evidence stale', () => {
    const story = readStory({ ...fields, acceptanceCriteria: ['Verify: npm test'] });
    const [criterion] = story.criteria;
    if (criterion === undefined) throw new Error('no criterion');
    const asProse = { ...story, criteria: [{ ...criterion, reading: { kind: 'prose', why: 'plain' } as const }] };
    expect(storyDigest(asProse)).toBe(storyDigest(story));
  });
});
