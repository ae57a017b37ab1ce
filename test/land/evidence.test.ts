import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactor } from '../../src/host/redact.ts';
import { evidenceOf, evidencePath, readEvidence } from '../../src/land/evidence.ts';
import { checksDigest, folderDigest, selfDigest } from '../../src/land/evidence-digest.ts';
import { evidenceLimit } from '../../src/land/evidence-size.ts';
import { storyDigest } from '../../src/prd/digest.ts';
import { storyChecks } from '../../src/prd/story-checks.ts';
import { storyFrom } from '../verify/attempts.ts';
import { evidenceInput, passedVerdict } from './passes.ts';

const story = storyFrom();
const digest = 'f'.repeat(64);

describe('the path of evidence', () => {
  it.each([
    ['US-054', '.prd/evidence/US-054-ffffffff.json'],
    ['3', '.prd/evidence/3-ffffffff.json'],
    ['US 054', /^\.prd\/evidence\/US-054-[0-9a-f]{6}-ffffffff\.json$/],
    ['../../etc/passwd', /^\.prd\/evidence\/etc-passwd-[0-9a-f]{6}-ffffffff\.json$/],
    ['/', /^\.prd\/evidence\/story-[0-9a-f]{6}-ffffffff\.json$/],
    ['größe', /^\.prd\/evidence\/gr-e-[0-9a-f]{6}-ffffffff\.json$/],
    ['x'.repeat(300), /^\.prd\/evidence\/x{40}-[0-9a-f]{6}-ffffffff\.json$/],
  ])('of %j is safe', (id, path) => {
    expect(evidencePath(id, digest)).toEqual(typeof path === 'string' ? path : expect.stringMatching(path));
  });

  it('never leaves its folder and keeps ids apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(evidencePath(a, digest)).toMatch(/^\.prd\/evidence\/[A-Za-z0-9_-]{1,60}\.json$/);
        expect(evidencePath(a, digest) === evidencePath(b, digest)).toBe(a === b);
      }),
    );
  });
});

describe('evidence', () => {
  it('binds story, checks, files, policy and how it came about', () => {
    const { path, text } = evidenceOf(evidenceInput(story));
    expect(path).toBe(evidencePath('US-001', storyDigest(story)));
    const [check] = storyChecks(story);
    expect(JSON.parse(text)).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'src/cart.js', digest: { gitBlob: 'a'.repeat(40) } }],
      predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
      predicate: {
        result: 'PASSED',
        configuration: [{ name: 'PRD.json#US-001', digest: { sha256: storyDigest(story) } }],
        prd: {
          version: 1,
          story: { id: 'US-001', digest: storyDigest(story) },
          strength: 'proven',
          acceptance: null,
          base: 'b'.repeat(40),
          tree: 'c'.repeat(40),
          checks: [
            {
              id: check?.id,
              weight: 'proof',
              baseline: { kind: 'proof', reason: 'exit-code', exit: 1 },
              exits: [0, 0],
              counts: { runner: 'node:test', executed: 2, failed: 0, skipped: 0 },
              durationMs: 100,
              output: 'd'.repeat(16),
            },
          ],
          checksDigest: checksDigest([check?.id ?? '']),
          regression: { checks: 0, stories: [] },
          policy: { digest: 'd'.repeat(64), owned: [], dropped: [] },
          setup: null,
          flags: [],
          review: null,
          attempts: [{ n: 1, role: 'delegate', asked: 'sonnet', served: 'claude-sonnet', costUsd: 0.12 }],
          sandbox: 'guard',
          tools: { prd: '0.1.0', node: '20.20.2', git: '2.39.5' },
          startedAt: '2026-11-21T12:00:00.000Z',
          finishedAt: '2026-11-21T12:05:00.000Z',
          digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    });
  });

  it('keeps digests of quotes, never the quotes', () => {
    const review = {
      kind: 'approved',
      criteria: [{ n: 1, status: 'met', evidence: { path: 'src/cart.js', line: 3, quote: 'export const total' } }],
    } as const;
    const { text } = evidenceOf(evidenceInput(story, { verdict: passedVerdict(story, { review }) }));
    expect(text).not.toContain('export const total');
    expect(JSON.parse(text).predicate.prd.review.criteria).toEqual([
      { n: 1, status: 'met', path: 'src/cart.js', line: 3, quote: expect.stringMatching(/^[0-9a-f]{16}$/) },
    ]);
  });

  it('names the person who accepted, and why', () => {
    const verdict = passedVerdict(story, { checks: [], acceptance: { name: 'Ada', reason: 'looked at it' } });
    expect(JSON.parse(evidenceOf(evidenceInput(story, { verdict })).text).predicate.prd).toMatchObject({
      strength: 'accepted',
      acceptance: { name: 'Ada', reason: 'looked at it' },
      checks: [],
    });
  });

  it('V6: keeps no secret that a person, a model or a manifest wrote', () => {
    const secret = `ghp_${'a1B2'.repeat(10)}`;
    const acceptance = { name: 'Ada', reason: `the key ${secret} works` };
    const policy = {
      digest: 'd'.repeat(64),
      owned: [`test/${secret}/**`],
      dropped: [`.env.${secret}`],
      flags: [{ code: 'new-dependency', level: 'note', paths: [], detail: `shop git+https://x:${secret}@h/x` }],
    } as const;
    const verdict = passedVerdict(story, { checks: [], acceptance });
    const input = evidenceInput(story, { verdict, policy, hide: redactor([]).text });
    const { text } = evidenceOf(input);
    expect(text).not.toContain(secret);
    expect(text.match(/\[redacted:github-token\]/g)).toHaveLength(4);
    expect(readEvidence(text).kind).toBe('read');
  });

  it('leaves out what every landing changes, and is never without a subject', () => {
    const files = new Map([
      ['PRD.json', 'a'.repeat(40)],
      ['.prd/coaching.md', 'a'.repeat(40)],
    ]);
    expect(JSON.parse(evidenceOf(evidenceInput(story, { files })).text).subject).toEqual([
      { name: 'PRD.json#US-001', digest: { sha256: storyDigest(story) } },
    ]);
  });

  it('reads back as it was written', () => {
    const { text } = evidenceOf(evidenceInput(story));
    expect(readEvidence(text)).toMatchObject({ kind: 'read', evidence: JSON.parse(text) });
  });

  it.each([
    ['no JSON', '{', 'it is not JSON'],
    ['nothing', '', 'it is not JSON'],
    ['another document', '{"_type":"x"}', expect.stringMatching(/^_type: /)],
    ['a list', '[]', expect.any(String)],
  ])('is refused when it is %s', (_title, text, why) => {
    expect(readEvidence(text)).toEqual({ kind: 'damaged', why });
  });

  const edits: readonly [string, (text: string) => string][] = [
    ['a digest', (text) => text.replace('"checksDigest": "', '"checksDigest": "0')],
    ['a strength', (text) => text.replace('"proven"', '"reviewed"')],
    ['a blob', (text) => text.replace('a'.repeat(40), 'e'.repeat(40))],
    ['an exit code', (text) => text.replace('"exit": 1', '"exit": 2')],
    ['a story', (text) => text.replaceAll('US-001', 'US-002')],
    ['an unknown field', (text) => text.replace('"result"', '"extra": 1, "result"')],
  ];
  it.each(edits)('is damaged when %s was edited', (_title, edit) => {
    const { text } = evidenceOf(evidenceInput(story));
    expect(edit(text)).not.toBe(text);
    expect(readEvidence(edit(text))).toEqual({ kind: 'damaged', why: 'it was edited after it was written' });
  });

  it('holds with another layout', () => {
    const { text } = evidenceOf(evidenceInput(story));
    expect(readEvidence(JSON.stringify(JSON.parse(text), null, '\t')).kind).toBe('read');
  });
});

describe('the size of evidence', () => {
  const blob = (n: number) => n.toString(16).padStart(40, '0');
  const many = (count: number) =>
    new Map(Array.from({ length: count }, (_, n) => [`src/part-${n % 7}/deep/file-${n}.ts`, blob(n)]));

  it.each([1, 10, 30, 60, 500])('stays within 4 KB with %i files', (count) => {
    const { text } = evidenceOf(evidenceInput(story, { files: many(count) }));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(evidenceLimit);
    expect(readEvidence(text).kind).toBe('read');
  });

  it('binds folders where there are too many files, with everything in them', () => {
    const files = many(60);
    const allFiles = new Map([...files, ['src/part-0/deep/untouched.ts', blob(999)], ['PRD.json', blob(1)]]);
    const { subject } = JSON.parse(evidenceOf(evidenceInput(story, { files, allFiles })).text);
    const inside = [...allFiles].filter(([path]) => path.startsWith('src/part-0/deep/'));
    expect(subject).toContainEqual({ name: 'src/part-0/deep/', digest: { sha256: folderDigest(inside) } });
    expect(subject).toHaveLength(7);
  });

  it('stays within 4 KB and keeps its proofs whatever a story is made of', () => {
    const words = fc.string({ minLength: 1, maxLength: 80 });
    const shape = fc.record({
      checks: fc.integer({ min: 1, max: 60 }),
      files: fc.integer({ min: 0, max: 200 }),
      dropped: fc.array(words, { maxLength: 60 }),
      flags: fc.array(words, { maxLength: 40 }),
    });
    fc.assert(
      fc.property(shape, ({ checks, files, dropped, flags }) => {
        const large = storyFrom({
          acceptanceCriteria: Array.from({ length: checks }, (_, n) => `Verify: npm run check-${n}`),
        });
        const policy = {
          digest: 'd'.repeat(64),
          owned: dropped,
          dropped,
          flags: flags.map((detail) => ({ code: 'secret', level: 'note', paths: [], detail }) as const),
        };
        const { text } = evidenceOf(evidenceInput(large, { files: many(files), policy }));
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(evidenceLimit);
        const read = readEvidence(text);
        expect(
          read.kind === 'read' && read.evidence.predicate.prd.checks.some(({ weight }) => weight === 'proof'),
        ).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('digests', () => {
  it('of checks mind no order', () => {
    expect(checksDigest(['b', 'a'])).toBe(checksDigest(['a', 'b']));
    expect(checksDigest([])).not.toBe(checksDigest(['a']));
  });

  it('of a statement leave out only its own', () => {
    const statement = { predicate: { prd: { digest: '1', story: { digest: '2' } } } };
    expect(selfDigest({ predicate: { prd: { story: { digest: '2' }, digest: 'x' } } })).toBe(selfDigest(statement));
    expect(selfDigest({ predicate: { prd: { story: { digest: '3' }, digest: '1' } } })).not.toBe(selfDigest(statement));
  });
});
