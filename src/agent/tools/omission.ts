/** Lines that stand for text somebody did not want to write. */
const placeholders = [
  /^\W*(?:\.{3}|…)\s*\(?(?:the )?(?:rest|existing|remaining|remainder|other|previous|same|unchanged|omitted|code|as before)\b.*$/i,
  /^\W*(?:the )?(?:rest|remainder) of (?:the |this )?(?:file|code|class|function|method|content|implementation)s?\b.*\b(?:unchanged|same|as (?:before|is)|omitted|here)\b.*$/i,
  /^\W*(?:existing|remaining|previous|unchanged|other) (?:code|content|methods|functions|imports|tests)\b.*(?:\.{3}|…|unchanged|omitted|as before|stays?).*$/i,
];

/** The first line of `content` that is such a placeholder and was not in the old file, or null. */
export function omission(content: string, old: string): string | null {
  const known = new Set(old.split(/\r?\n/).map((line) => line.trim()));
  const lines = content.split(/\r?\n/).map((line) => line.trim());
  return lines.find((line) => line.length < 160 && !known.has(line) && isPlaceholder(line)) ?? null;
}

function isPlaceholder(line: string): boolean {
  const bare = line.replace(/\s*(?:\*\/|-->|\*\}|\})\s*$/, '');
  return startsComment.test(line) && placeholders.some((pattern) => pattern.test(bare));
}

// Prose and code that happen to use these words are no placeholders; a comment, a bracket or dots before two words are.
const startsComment = /^(?:\/\/|\/\*|#|--|<!--|\{\/\*|;|%|\*|\(|<|(?:\.{3}|…)\s*\(?\w+ \w)/;
