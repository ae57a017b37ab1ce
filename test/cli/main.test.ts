import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { prdTest, type Way } from '../helpers/cli.ts';

const story = { id: 'US-1', title: 'Cart', acceptanceCriteria: ['`npm test` passes'], priority: 1, passes: false };

describe.each<Way>(['in process', 'spawned'])('prd, %s,', (way) => {
  it('prints its version', async () => {
    await prdTest().args('--version').stdout(`${packageJson.version}\n`).run(way);
  });

  it('without a command explains itself on stdout', async () => {
    await prdTest()
      .stdout(/^Usage: prd <command>/)
      .run(way);
  });

  it('helps on a command and on a topic', async () => {
    await prdTest()
      .args('help', 'status')
      .stdout(/^Usage: prd status/)
      .run(way);
    await prdTest()
      .args('status', '--help')
      .stdout(/^Usage: prd status/)
      .run(way);
    await prdTest()
      .args('help', 'files')
      .stdout(/scripts\/ralph\/prd\.json/)
      .run(way);
  });

  it('answers a mistake with one line and a way out, exit 2', async () => {
    const error = 'error: unknown command `stauts`\nhint: did you mean `status`?\n';
    await prdTest().args('stauts').stderr(error).exit(2).run(way);
    const option = 'error: unknown option `--jsn`\nhint: did you mean `--json`?\n';
    await prdTest().args('status', '--jsn').stderr(option).exit(2).run(way);
    const choice =
      'error: `tcsh` is no value of `shell`: allowed are bash, zsh, fish\nhint: run `prd completion --help` for usage\n';
    await prdTest().args('completion', 'tcsh').stderr(choice).exit(2).run(way);
    const topic = 'error: no help on `exit-code`\nhint: did you mean `prd help exit-codes`?\n';
    await prdTest().args('help', 'exit-code').stderr(topic).exit(2).run(way);
  });

  it('with --json fails in exactly one JSON document', async () => {
    const { stdout } = await prdTest()
      .args('status', '--json')
      .stdout(/^\{.*\}\n$/)
      .exit(2)
      .run(way);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      error: {
        code: 'file-missing',
        message: 'cannot read `PRD.json`: no such file',
        hint: 'create one with `prd init`, or name it with `--file`',
      },
      problems: [expect.objectContaining({ code: 'file-missing', file: null, line: null })],
    });
    const usage = await prdTest()
      .args('status', '--bogus', '--json')
      .stdout(/^\{.*\}\n$/)
      .exit(2)
      .run(way);
    expect(JSON.parse(usage.stdout).error.code).toBe('usage');
  });

  it('points at the place of a broken document', async () => {
    await prdTest()
      .file('PRD.json', '{ "userStories": [ { "id": "US-1", "passes": "true" } ] }')
      .args('status')
      .stderr(/^error: .*`passes`.*\n {2}--> PRD\.json:1:46\n/)
      .exit(2)
      .run(way);
  });

  it('says where every story stands', async () => {
    await prdTest()
      .prd({
        userStories: [story, { ...story, id: 'US-2', passes: true }, { ...story, id: 'US-3', dependsOn: ['US-4'] }],
      })
      .args('status')
      .stdout(/US-1 +orchestrator +opus +Cart.*\n(.*\n)*US-2: already passes\n(.*\n)*1 of 3 stories passes\n$/)
      .stderr(
        /^error: story `US-3` depends on unknown story `US-4`\n {2}--> PRD\.json:\d+:\d+\nhint: did you mean `US-3`\?\n$/,
      )
      .exit(2)
      .run(way);
  });

  it('writes a first PRD and says what is next', async () => {
    await prdTest()
      .file('package.json', { scripts: { test: 'vitest' } })
      .args('init')
      .stdout(
        'created PRD.json\nchecks guessed from the project, for you to read:\n  test: `npm test`\nnext: write its first story, then run `prd lint`\n',
      )
      .writes('PRD.json', /"\$schema": "\.\/node_modules\/prd-orchestrator\/schemas\/prd\.schema\.json"/)
      .run(way);
  });

  it('completes an existing PRD and leaves the rest alone', async () => {
    const ralph = `${JSON.stringify({ project: 'x', userStories: [story] }, null, 4)}\n`;
    await prdTest()
      .file('scripts/ralph/prd.json', ralph)
      .file('go.mod', '')
      .args('init')
      .stdout(/^added `\$schema` and `checks` to scripts\/ralph\/prd\.json\n/)
      .writes(
        'scripts/ralph/prd.json',
        ralph
          .replace('{\n', '{\n    "$schema": "../../node_modules/prd-orchestrator/schemas/prd.schema.json",\n')
          .replace(
            '    "userStories"',
            '    "checks": {\n        "typecheck": "go vet ./...",\n        "test": "go test ./..."\n    },\n    "userStories"',
          ),
      )
      .run(way);
  });

  it('says which file it reads when there are several', async () => {
    await prdTest()
      .prd({ userStories: [] })
      .file('tasks/prd.json', { userStories: [] })
      .args('status')
      .stdout(/0 of 0 stories pass\n$/)
      .stderr('note: reads `PRD.json`; also there: `tasks/prd.json`\n')
      .run(way);
  });
});
