import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLab, type Lab } from './lab/build.ts';
import { assertWorldIsSane, type Ledger } from './lab/oracle.ts';
import { runArgs } from './lab/outcome.ts';
import { stories, twoTurns } from './lab/script.ts';
import { openWorld, type World } from './lab/world.ts';

/** Worlds that are wrong on purpose: an oracle that sees nothing would make every suite green. */
describe('the oracle', () => {
  let lab: Lab;
  let world: World;
  const all = stories(2, 1);

  beforeAll(async () => {
    lab = await buildLab();
    world = await openWorld(lab, { stories: all, answer: twoTurns(all) });
    await world.prd([...runArgs, 'US-1']).ended;
  }, 60_000);
  afterAll(async () => {
    await world.close();
    await lab.remove();
  });

  const judge = (moment: Ledger['moment']): Promise<void> => {
    const { repository, stateDir, server, before, start } = world;
    const limits = { answersAtMost: null, maxCostUsd: null };
    const ledger = { stories: all, billed: server.ledger, before, start, moment, ...limits };
    return assertWorldIsSane(repository, stateDir, ledger);
  };

  it('says nothing of a run that went well', async () => {
    await expect(judge('ended')).resolves.toBeUndefined();
  });

  it('sees that the user’s own was touched', async () => {
    const file = join(world.repository.root, 'mine.txt');
    const text = await readFile(file, 'utf8');
    await writeFile(file, 'lost\n');
    await expect(judge('ended')).rejects.toThrow("the user's own is not as it was");
    await writeFile(file, text);
  });

  it('sees a file that nobody cleaned up', async () => {
    await world.repository.write({ '.git/prd.lock': '{}' });
    await expect(judge('ended')).rejects.toThrow('left behind');
    await world.repository.write({ '.git/prd.lock': null });
  });

  it('sees a PRD that was torn', async () => {
    const file = join(world.repository.root, 'PRD.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.slice(0, 40));
    await expect(judge('killed')).rejects.toThrow('torn files');
    await writeFile(file, text);
  });

  it('sees a pass that a lie brought about', async () => {
    const { repository } = world;
    const text = await readFile(join(repository.root, 'PRD.json'), 'utf8');
    await repository.write({ 'PRD.json': text.replaceAll('"passes": false', '"passes": true') });
    await repository.git('commit', '-q', '-m', 'US-2: Write part-2.txt', 'PRD.json');
    await expect(judge('killed')).rejects.toThrow(
      /false passes: US-2 passes and is not done[\s\S]*lacks flip or evidence/,
    );
  });
});
