import type { Story } from '../prd/prd.ts';
import { filesNamedIn } from './command-paths.ts';
import { judgeGlobs, testGlobs } from './file-kinds.ts';
import { anywhereTest, foldedPath, type PathTest } from './globs.ts';

const looksLikeTest = anywhereTest(testGlobs);
const looksLikeJudge = anywhereTest(judgeGlobs);

/** Which paths judge the work: what test runners look for, and scripts that the story's own checks run to judge. */
export function testFileTest(story: Pick<Story, 'criteria'>): PathTest {
  const judges = new Set(story.criteria.flatMap(commandsOf).filter(looksLikeJudge).map(foldedPath));
  return (path) => looksLikeTest(path) || judges.has(foldedPath(path));
}

function commandsOf({ reading }: Story['criteria'][number]): readonly string[] {
  if (reading.kind === 'prose') return [];
  const commands = reading.kind === 'command' ? [reading.command] : reading.commands;
  return commands.flatMap(({ run, cwd }) => filesNamedIn(run, cwd));
}

/** How many lines that assert something, or declare a test, are in the base version and not in the other. */
export function lostAssertions(base: string, attempt: string): number {
  const kept = countLines(attempt);
  let lost = 0;
  for (const [line, times] of countLines(base)) lost += Math.max(0, times - (kept.get(line) ?? 0));
  return lost;
}

const asserts =
  /\b(expect|assert\w*|should|must|verify|require|check|XCTAssert\w*|Assert)\b\s*[.(!]|^\s*assert\b|\b(it|test|describe|t\.Run)\b\s*[.(]|\b(def|func|fn) \w*[Tt]est/;

/** White space and order do not matter: moving or indenting an assertion does not change it. */
function countLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const line of text.split('\n')) {
    const plain = line.replace(/\s+/g, '');
    if (asserts.test(line)) lines.set(plain, (lines.get(plain) ?? 0) + 1);
  }
  return lines;
}

/** Does a snapshot file still hold every entry of the base? Then entries were added, and none was bent. */
export function keepsSnapshots(base: string, attempt: string): boolean {
  const entries = (text: string) => text.split(/^(?=exports\[|# name: )/m).map((entry) => entry.trim());
  const kept = new Set(entries(attempt));
  return entries(base).every((entry) => kept.has(entry));
}
