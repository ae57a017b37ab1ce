import { describe, expect, it } from 'vitest';
import { prdTest } from '../helpers/cli.ts';

const old = '{\n  "name": "shop",\n  "stories": [\n    { "id": 1, "title": "Cart", "status": "done" }\n  ]\n}\n';
const claims = '1 story already says true: `prd check` asks for evidence\n';
const schema = './node_modules/prd-orchestrator/schemas/prd.schema.json';
const canonical = `{
  "$schema": "${schema}",
  "project": "shop",
  "userStories": [
    { "id": "1", "title": "Cart", "passes": true }
  ]
}
`;

describe('prd migrate', () => {
  it('shows the difference and writes nothing', async () => {
    const { stdout } = await prdTest()
      .file('PRD.json', old)
      .args('migrate')
      .stdout(/^--- a\/PRD\.json\n/)
      .stderr(claims)
      .writes('PRD.json', old)
      .run();
    expect(stdout).toContain('-  "name": "shop",\n');
    expect(stdout).toContain('+  "project": "shop",\n');
  });

  it('replaces the file when it is asked to; the second time there is nothing to do', async () => {
    await prdTest()
      .file('PRD.json', old)
      .args('migrate', '--write')
      .stderr(`wrote PRD.json\n${claims}`)
      .writes('PRD.json', canonical)
      .run();
    await prdTest()
      .file('PRD.json', canonical)
      .args('migrate', '--write')
      .stderr('PRD.json is in canonical form already\n')
      .writes('PRD.json', canonical)
      .run();
  });

  it('writes a new file, with a schema that is found from there', async () => {
    await prdTest()
      .file('old.json', old)
      .args('migrate', 'old.json', '-o', 'plans/PRD.json', '--quiet')
      .writes('plans/PRD.json', canonical.replace('./node', '../node'))
      .writes('old.json', old)
      .run();
  });

  it('prints the whole document on request, and says more in JSON', async () => {
    await prdTest().file('PRD.json', old).args('migrate', '-o', '-').stdout(canonical).stderr(claims).run();
    const { stdout } = await prdTest().file('PRD.json', old).args('migrate', '--json').stdout(/^\{/).run();
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      file: 'PRD.json',
      written: null,
      changed: true,
      kept: [],
      claims: 1,
      text: canonical,
    });
  });

  it('names the stories whose criteria it leaves alone', async () => {
    const story = { id: 'US-1', title: 'A', verify: 'npm test', passes: true };
    await prdTest()
      .prd({ stories: [story] })
      .args('migrate', '--write')
      .stderr(/the criteria of `US-1` stay as they are: they would read otherwise\n/)
      .run();
  });

  it.each<[string, readonly string[], RegExp]>([
    ['a file that is there', ['-o', 'other.json'], /will not write `other\.json`: it exists already/],
    ['two places', ['-o', 'x.json', '--write'], /`--write` and `--output` name two places/],
    ['no file', ['nope.json'], /cannot read `nope\.json`/],
    ['a file that is no JSON', ['other.json'], /other\.json:2:3/],
  ])('refuses %s', async (_, argv, stderr) => {
    const text = '{\n  x\n}';
    await prdTest()
      .file('PRD.json', old)
      .file('other.json', text)
      .args('migrate', ...argv)
      .stderr(stderr)
      .exit(2)
      .writes('other.json', text)
      .run();
  });

  it('shows no control character of the document on a terminal', async () => {
    const { stdout } = await prdTest()
      .file('PRD.json', '{ "stories": [{ "id": "\u009b31m" }] }')
      .args('migrate')
      .stdout(/stories/)
      .run();
    expect(stdout).not.toContain('\u009b');
  });
});
