/** What sources have no business doing unless somebody has read why. Each names what it does to whoever judges. */
const tricks: readonly { readonly does: string; readonly says: RegExp }[] = [
  // What a comparison sees in place of the value.
  { does: 'answers comparisons by itself', says: /\bSymbol\s*\.\s*toPrimitive\b|\bSymbol\s*\.\s*hasInstance\b/g },
  {
    does: 'answers comparisons by itself',
    says: /(?<![.\w])valueOf\s*(?:\([^)]*\)\s*\{|[:=]\s*(?:\(|function\b|async\b|\w+\s*=>))/g,
  },
  {
    does: 'answers comparisons by itself',
    says: /\bdef __(?:eq|ne|lt|le|gt|ge|bool)__\b[^\n]*:\s*(?:\n\s*(?:"""[^"]*"""\s*)?)?return\s+(?:True|False)\b/g,
  },
  { does: 'answers comparisons by itself', says: /\bnew\s+Proxy\s*\(\s*(?:function\b|\(\s*\)|class\b)/g },
  // Built-in types, for everybody in the process.
  {
    does: 'changes a built-in type',
    says: /\b(?:Object|Array|String|Number|Boolean|Function|Promise|Map|Set|Date|RegExp|Symbol|Error|Reflect)\.prototype\s*(?:\.\s*\w+|\[[^\]\n]{1,80}\])\s*=(?![=>])/g,
  },
  {
    does: 'changes a built-in type',
    says: /\b(?:Object|Reflect)\s*\.\s*(?:definePropert(?:y|ies)|assign|setPrototypeOf)\s*\(\s*(?:Object|Array|String|Number|Boolean|Function|Promise|Map|Set|Date|RegExp|Error)(?:\.prototype)?\s*,/g,
  },
  {
    does: 'changes a built-in type',
    says: /\bObject\s*\.\s*is\s*=(?![=>])|\bJSON\s*\.\s*(?:stringify|parse)\s*=(?![=>])/g,
  },
  {
    does: 'changes a built-in type',
    says: /^\s*(?:builtins|__builtins__)\s*\.\s*\w+\s*=(?!=)|\bsetattr\s*\(\s*builtins\b/gm,
  },
  // The runner and what it asserts with.
  { does: 'changes the test runner', says: /\b(?:vi|jest)\s*\.\s*(?:do)?[mM]ock\s*\(|\bmock\s*\.\s*module\s*\(/g },
  {
    does: 'changes the test runner',
    says: /\b(?:globalThis|global|window|self)\s*(?:\.\s*|\[\s*['"])(?:expect|assert|test|it|describe|suite|beforeEach|afterEach|beforeAll|afterAll|jest|vi|process)\b(?:['"]\s*\])?\s*(?:\.\s*\w+\s*)?=(?![=>])/g,
  },
  {
    does: 'changes the test runner',
    says: /(?<![.\w])assert\s*(?:\.\s*\w+|\[[^\]\n]{1,80}\])\s*=(?![=>])|\bObject\s*\.\s*assign\s*\(\s*assert\b/g,
  },
  {
    does: 'changes the test runner',
    says: /\bexpect\s*\.\s*extend\s*\(|\brequire\s*\(\s*['"](?:node:)?(?:assert|test)['"]\s*\)\s*\.\s*\w+\s*=(?![=>])/g,
  },
  {
    does: 'changes the test runner',
    says: /\b(?:unittest\.TestCase|pytest|_pytest(?:\.\w+)*)\s*\.\s*\w+\s*=(?!=)|\bsys\s*\.\s*modules\s*\[[^\]\n]{1,80}\]\s*=(?!=)|\bimport\s+_pytest\b|\bfrom\s+_pytest\b/g,
  },
];

/** What the new text does to whoever judges it, more often than the base did. Comments say nothing. Pure and in a fixed order. */
export function addedTricks(base: string | null, attempt: string | null): readonly string[] {
  const [before, after] = [withoutComments(base ?? ''), withoutComments(attempt ?? '')];
  const risen = tricks.filter(({ says }) => times(after, says) > times(before, says));
  return [...new Set(risen.map(({ does }) => does))];
}

/** Longer texts are generated or packed; what is read is enough to find a trick that somebody wrote. */
const mostChars = 400_000;

function withoutComments(text: string): string {
  return text
    .slice(0, mostChars)
    .split('\n')
    .filter((line) => line.length < 2_000 && !/^\s*(?:\/\/|#(?!!)|\*|\/\*)/.test(line))
    .join('\n');
}

function times(text: string, says: RegExp): number {
  return text.match(says)?.length ?? 0;
}
