import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeAtomic } from '../../src/host/atomic-write.ts';
import { clearDead, tempName, tempPrefix } from '../../src/host/temp-name.ts';
import { tempFolder } from './temp-folder.ts';

it('a write removes what killed writers left beside the file, and nothing of a living one', async () => {
  const folder = tempFolder();
  const dead = '.prd-4194399-1-123e4567-e89b-42d3-a456-426614174000.tmp';
  const [alive, foreign] = [tempName(), '.prd-notes.tmp'];
  for (const name of [dead, alive, foreign]) writeFileSync(join(folder, name), '');
  await writeAtomic(join(folder, 'PRD.json'), '{}');
  expect(readdirSync(folder).sort()).toEqual(['PRD.json', alive, foreign].sort());
});

it('a folder of a killed owner goes, that of a living one and of strangers stay', async () => {
  const folder = tempFolder();
  const [alive, foreign, other] = [`${tempPrefix('probe')}abc`, 'prd-probe-notes', 'prd-demo-4194399-1-abc'];
  for (const name of ['prd-probe-4194399-1-abc', alive, foreign, other]) mkdirSync(join(folder, name));
  await clearDead(folder, 'probe');
  expect(readdirSync(folder).sort()).toEqual([alive, foreign, other].sort());
});
