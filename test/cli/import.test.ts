import { describe, expect, it } from 'vitest';
import { prdTest } from '../helpers/cli.ts';

const markdown = '# Shop\n\n### US-001: Cart\n- [ ] total is 3\n\n### US-002: Old\n**Status:** done\n';
const said = 'read 1 open story from markdown; left out 1 done or given up there\n';

describe('prd import', () => {
  it('prints a PRD and says what it read', async () => {
    const { stdout } = await prdTest()
      .file('prd.md', markdown)
      .args('import', 'prd.md')
      .stdout(/^\{/)
      .stderr(said)
      .run();
    expect(JSON.parse(stdout)).toMatchObject({
      $schema: './node_modules/prd-orchestrator/schemas/prd.schema.json',
      project: 'Shop',
      userStories: [{ id: 'US-001', passes: false }],
    });
  });

  it('writes a new file that lint then reads', async () => {
    await prdTest()
      .file('prd.md', markdown)
      .args('import', 'prd.md', '-o', 'PRD.json')
      .stderr(`${said}wrote PRD.json\nnext: \`prd init --file PRD.json\` adds checks, then \`prd lint PRD.json\`\n`)
      .writes('PRD.json', /"total is 3"/)
      .run();
  });

  it('reads stdin', async () => {
    await prdTest()
      .args('import', '-', '--include-done', '-q')
      .stdin(markdown)
      .stdout(/US-002/)
      .run();
  });

  it('reads the spec beside the tasks of Spec Kit', async () => {
    await prdTest()
      .file('specs/1/tasks.md', '## Phase 1: x\n- [ ] T001 [US1] Show it\n')
      .file('specs/1/spec.md', '### User Story 1 - x\n1. **Given** a, **Then** b is 1\n')
      .args('import', 'specs/1/tasks.md')
      .stdout(/"Given a, Then b is 1"/)
      .stderr('read 1 open story from spec-kit\n')
      .run();
  });

  it('tells of pull requests among the issues', async () => {
    const issues = [
      { number: 1, title: 'A', state: 'open' },
      { number: 2, title: 'B', state: 'open', pull_request: {} },
    ];
    await prdTest()
      .file('i.json', issues)
      .args('import', 'i.json')
      .stdout(/GH-1/)
      .stderr(/left out 1 pull requests\n$/)
      .run();
  });

  it.each<[string, readonly string[], RegExp]>([
    ['to overwrite', ['prd.md', '-o', 'there.json'], /will not write `there\.json`: it exists already/],
    ['what looks like nothing', ['there.json'], /cannot tell what `there\.json` is[\s\S]*`--from`/],
    ['broken JSON, with its place', ['broken.json'], /broken\.json:1:5/],
    [
      'an entry of another kind, with its place',
      ['list.json', '--from', 'github-issues'],
      /entry 1[\s\S]*list\.json:1:2/,
    ],
    ['a format nobody knows', ['prd.md', '--from', 'word'], /word/],
    ['a file that is not there', ['nope.md'], /cannot read `nope\.md`/],
    ['a plan without stories', ['empty.md'], /no list of stories/],
  ])('refuses %s', async (_, argv, stderr) => {
    await prdTest()
      .file('prd.md', markdown)
      .file('there.json', '{"a":1}')
      .file('broken.json', '[1,]]')
      .file('list.json', '[1]')
      .file('empty.md', '# x\n')
      .args('import', ...argv)
      .stderr(stderr)
      .exit(2)
      .writes('there.json', '{"a":1}')
      .run();
  });
});
