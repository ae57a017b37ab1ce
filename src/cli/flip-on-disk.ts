import { writeAtomic } from '../host/atomic-write.ts';
import { setPasses } from '../prd/edit.ts';
import { PrdError } from '../problem.ts';
import type { FoundPrd } from './find-prd.ts';
import { readText } from './read-text.ts';

/** A PRD that git ignores is flipped in place: after the code and its evidence have landed, or when a pass is taken back. */
export async function flipOnDisk({ realPath, shown }: FoundPrd, story: string, passes: boolean): Promise<void> {
  const flip = setPasses(await readText(realPath, shown), shown, story, passes);
  if (flip.kind === 'refused') throw new PrdError(flip.problem);
  await writeAtomic(realPath, flip.text);
}
