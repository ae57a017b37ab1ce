import { evidenceOf } from '../../src/land/evidence.ts';
import { parsePrd } from '../../src/prd/parse.ts';
import { evidenceInput } from '../land/passes.ts';
import { type TemporaryRepository, temporaryRepository } from './repository.ts';

/** A repository of stories that pass with evidence, without a run. `passes`: by index. */
export async function passingRepository(
  count: number,
  passes: (n: number) => boolean = () => true,
): Promise<TemporaryRepository> {
  const userStories = Array.from({ length: count }, (_, n) => ({
    id: `US-${n + 1}`,
    title: `Story ${n + 1}`,
    acceptanceCriteria: [`Verify: test -s src/f${n}.txt`],
    phase: n < 2 ? 1 : 2,
    passes: passes(n),
  }));
  const text = `${JSON.stringify({ userStories }, null, 2)}\n`;
  const files = Object.fromEntries(userStories.map((_, n) => [`src/f${n}.txt`, 'x\n']));
  const repository = await temporaryRepository({ files: { 'PRD.json': text, ...files } });
  const blob = await repository.git('rev-parse', 'HEAD:src/f0.txt');
  const parsed = parsePrd(text, 'PRD.json');
  const stories = parsed.kind === 'read' ? parsed.document.prd.stories.filter((story) => story.passes) : [];
  const evidence = stories.map((story) =>
    evidenceOf(evidenceInput(story, { files: new Map([[`src/f${story.index}.txt`, blob]]) })),
  );
  await repository.commit('Evidence', Object.fromEntries(evidence.map((file) => [file.path, file.text])));
  return repository;
}
