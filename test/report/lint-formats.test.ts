import { describe, expect, it } from 'vitest';
import { githubAnnotations, githubSummary } from '../../src/report/github.ts';
import { junit } from '../../src/report/junit.ts';
import { lintJson } from '../../src/report/lint-json.ts';
import type { ListedFile } from '../../src/report/listing.ts';
import { sarif } from '../../src/report/sarif.ts';
import { sarifErrors } from '../helpers/sarif.ts';
import { documentError, file, finding, listing, story } from './listing-builders.ts';

describe('json', () => {
  it('is one document with every field of the contract', () => {
    const document = JSON.parse(lintJson(listing(file([finding()]))));
    expect(document).toEqual({
      version: 1,
      findings: [
        {
          rule: 'judgment/no-outcome',
          severity: 'warning',
          story: 'US-1',
          criterion: 0,
          role: 'delegate',
          confidence: 'high',
          file: 'PRD.json',
          line: 31,
          column: 9,
          path: ['userStories', 0, 'acceptanceCriteria', 0],
          message: '`Login working` states no result',
          hint: 'say what is seen',
          matches: [{ offset: 6, length: 7 }],
          related: [],
          fix: null,
        },
      ],
      summary: { errors: 0, warnings: 1, infos: 0 },
      stories: [{ file: 'PRD.json', ...withoutTitle(story()) }],
    });
  });

  it('leaves out what a disable silenced', () => {
    const { findings, summary } = JSON.parse(lintJson(listing(file([finding({ suppressed: 'a reason' })]))));
    expect({ findings, summary }).toEqual({ findings: [], summary: { errors: 0, warnings: 0, infos: 0 } });
  });
});

describe('sarif', () => {
  const one = (...files: readonly ListedFile[]) => JSON.parse(sarif(listing(...files)));

  it('is valid by the schema of the standard', () => {
    const document = one(file([documentError(), finding(), finding({ suppressed: 'a good reason' })]));
    expect(sarifErrors(document)).toEqual([]);
    const [run] = document.runs;
    const broken = { ...run, results: [{ ...run.results[0], level: 'info' }] };
    expect(sarifErrors({ ...document, runs: [broken] })).not.toEqual([]);
  });

  it('maps levels, places and reasons', () => {
    const [result] = one(file([finding({ severity: 'info', suppressed: 'theme is one file' })])).runs[0].results;
    expect(result).toMatchObject({
      level: 'note',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'docs/PRD.json' },
            region: { startLine: 31, startColumn: 9 },
          },
          logicalLocations: [{ fullyQualifiedName: '/userStories/0/acceptanceCriteria/0' }],
        },
      ],
      suppressions: [{ kind: 'inSource', justification: 'theme is one file' }],
    });
  });

  it('a finding that only moved or was re-worded keeps its fingerprint', () => {
    const prints = [
      finding(),
      finding({ line: 99, path: ['userStories', 7], message: 'other words', text: '  LOGIN\u00a0 working ' }),
    ].map((one_) => print(one(file([one_]))));
    expect(prints[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(prints[1]).toBe(prints[0]);
  });

  it('two equal findings of one story have different fingerprints', () => {
    const { results } = one(file([finding(), finding()])).runs[0];
    expect(print({ runs: [{ results: [results[1]] }] })).not.toBe(print({ runs: [{ results: [results[0]] }] }));
  });

  it('a path with spaces and hashes is a usable URI', () => {
    const [result] = one(file([finding()], { uri: 'my docs/#1?.json' })).runs[0].results;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('my%20docs/%231%3F.json');
  });
});

/** What an author, or somebody who means harm, may put into a text. */
const hostile = [
  'a ]]> b',
  '<failure>',
  '&amp; & "x" \'y\'',
  '\u0000\u0007\u001b[31m',
  '\ud800 alone',
  '::error::x\r\n::warning::y',
  '%0A 50%',
  '\u202e',
];

describe('github', () => {
  it.each(hostile)('%j stays one workflow command', (message) => {
    const lines = githubAnnotations(listing(file([finding({ message })], { uri: message }))).split('\n');
    const command = /^::(?:error|warning|notice) file=[^:,\r\n]*,line=\d+,col=\d+,title=[^:,\r\n]+::[^\r\n]+$/;
    expect(lines.map((line) => command.test(line))).toEqual([true, false, false]);
  });

  it('puts errors first and escapes what would end the command', () => {
    const text = githubAnnotations(
      listing(file([finding({ message: '50% done\nnext', hint: null }), documentError()], { uri: 'a,b:c.json' })),
    );
    expect(text.split('\n')).toEqual([
      '::error file=a%2Cb%3Ac.json,line=12,col=13,title=file/duplicate-story-id::two stories share the id `US-1`',
      '::warning file=a%2Cb%3Ac.json,line=31,col=9,title=judgment/no-outcome::50%25 done next',
      '1 error, 1 warning, 0 notes',
      '',
    ]);
  });

  it('shows ten of a level, as GitHub does, and the rest in the summary', () => {
    const many = listing(file(Array.from({ length: 12 }, () => finding())));
    expect(githubAnnotations(many).match(/^::warning/gm)).toHaveLength(10);
    expect(githubSummary(many).match(/^\| warning/gm)).toHaveLength(12);
  });

  it('a summary cannot be broken out of', () => {
    expect(githubSummary(listing(file([finding({ message: 'a | <img src=x> [b](c)' })])))).toContain(
      '| a \\| \\<img src=x\\> \\[b\\](c) |',
    );
  });

  it('says so when there is nothing', () => {
    expect(githubSummary(listing(file([])))).toBe('### prd lint: 0 errors, 0 warnings, 0 notes\n\n');
  });
});

describe('junit', () => {
  it.each(hostile)('%j leaves the document well-formed', (text) => {
    const document = junit(
      listing(file([finding({ message: text, severity: 'error' })], { stories: [story({ title: text })] })),
    );
    expect(openElements(document)).toEqual([]);
  });

  it('is a suite per file and a case per story', () => {
    const stories = [story(), story({ id: 'US-2', title: 'Lo<g>out' })];
    expect(junit(listing(file([documentError(), finding(), finding({ severity: 'error' })], { stories })))).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="prd lint" tests="3" failures="2" errors="0">',
        '  <testsuite name="PRD.json" tests="3" failures="2" errors="0">',
        '    <testcase name="the document" classname="PRD.json">',
        '      <failure message="two stories share the id `US-1`" type="file/duplicate-story-id">PRD.json:12:13 error two stories share the id `US-1` (file/duplicate-story-id)</failure>',
        '    </testcase>',
        '    <testcase name="US-1 Login" classname="PRD.json">',
        '      <failure message="`Login working` states no result" type="judgment/no-outcome">PRD.json:31:9 error `Login working` states no result (judgment/no-outcome)</failure>',
        '      <system-out>PRD.json:31:9 warning `Login working` states no result (judgment/no-outcome)</system-out>',
        '    </testcase>',
        '    <testcase name="US-2 Lo&lt;g&gt;out" classname="PRD.json"/>',
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n'),
    );
  });
});

/** Elements that nobody closes, after every rule of XML that a writer can break was checked. */
function openElements(xml: string): readonly string[] {
  expect(xml).not.toMatch(/(?![\n\r\t])\p{Cc}|\p{Cs}|[\ufffe\uffff]/u);
  const markup = /<\?xml [^>]*\?>|<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g;
  expect(xml.replace(markup, '')).not.toMatch(/<|\]\]>|&(?!(?:amp|lt|gt|quot|apos|#\d+);)/);
  const open: string[] = [];
  for (const [, end, name = '', , empty] of xml.matchAll(markup)) {
    if (end) expect(open.pop()).toBe(name);
    else if (name !== '' && !empty) open.push(name);
  }
  return open;
}

function print(document: { runs: readonly { results: readonly unknown[] }[] }): string {
  const [result] = document.runs[0]?.results ?? [];
  return (result as { partialFingerprints: Record<string, string> }).partialFingerprints['prdFinding/v1'] ?? '';
}

function withoutTitle({ title: _, ...rest }: ReturnType<typeof story>): object {
  return rest;
}
