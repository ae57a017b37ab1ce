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

const declares =
  /\b(it|test|describe|specify|t\.Run|Scenario)\b\s*[.(]|\b(def|func|fn|fun|void) \w*[Tt]est|@Test\b|#\[test\]|^@test\b/m;

/** Does the text declare tests for a runner? */
export function declaresTests(text: string | null): boolean {
  return text !== null && declares.test(text);
}

/**
 * Does a test say anything about the code? An assertion counts if something is left of it without its own words, literals
 * and questions after files. What only loads the code says that it is there.
 */
export function assertsSomething(text: string): boolean {
  const code = text.replace(imports, '');
  const found = code.matchAll(assertion);
  return [...found].some(({ index, 0: word }) =>
    /[A-Za-z_]\w*/.test(asked(code.slice(index + word.length, index + 400))),
  );
}

const imports = /^\s*(?:import\b(?!\s*\().*|from \S+ import\b.*|use [\w:{}, ]+;|(?:const|let|var) .*\brequire\(.*)$/gm;

/** Words with which runners of all languages assert, an operator or a bracket of a shell among them. */
const assertion =
  /\b(?:expect\w*|assert\w*|should\w*|verify\w*|must|require\.\w+|check\w*|XCTAssert\w*|Assert\w*|t\.(?:is|deepEqual|equal|equals|same|not|notEqual|like|throws\w*|rejects|ok|true|false|truthy|falsy|match|regex|snapshot|Error\w*|Fatal\w*|Fail\w*)|screen\.\w+|cy\.\w+|page\.\w+|pytest\.raises|raise|throw|panic!?|fail\w*|is_deeply|cmp_ok|is|ok|like)\b!?|^\s*\[\[? |\btest "/gm;

/** What the assertion is about, up to the end of its statement. */
function asked(rest: string): string {
  const [statement = ''] = rest.split(/;|\n\s*\n|\n\s*[})]/);
  return statement
    .replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g, ' ')
    .replace(fileQuestions, ' ')
    .replace(assertWords, ' ');
}

const fileQuestions =
  /\b(?:fs\.)?(?:existsSync|accessSync|statSync)\b|\bos\.path\.(?:exists|isfile)\b|\.(?:exists|is_file)\(\)|\bPath\b|\bimport(?:\.meta)?\b/g;
const assertWords =
  /\.\s*(?:to|be|is|not|ok|equal\w*|strictEqual|deepEqual|deepStrictEqual|notEqual|toBe\w*|toEqual|toStrictEqual|truthy|falsy|isTrue|isFalse|True|False)\b|\b(?:true|false|null|undefined|None|True|False|nil|void|async|function|return|new|Error|URL|url)\b/g;
