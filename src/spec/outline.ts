/** Shorter files are shown whole: an outline would say less and save little. */
export const wholeBelow = 120;
const maxOutlineLines = 80;
const maxOutlineLine = 160;
const maxWholeLine = 1_000;

/** Lines that declare something, at the left edge or one level in, in the common languages. */
const declaration =
  /^(?: {0,4}|\t)(?:(?:export|public|private|protected|static|abstract|final|async|default|pub|override|readonly)\s+){0,4}(?:function\*?|class|interface|type|enum|const|let|var|def|fn|func|struct|trait|impl|module|mixin|extension|void|int|String|bool|Future|Widget)\b/;

/** A file as an implementer would skim it: whole when short, else its declarations with line numbers. */
export function outlineOf(text: string): string {
  const lines = text.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n');
  if (lines.length < wholeBelow) return numbered(withNumbers(lines), maxWholeLine);
  const declared = withNumbers(lines).filter(({ line }) => declaration.test(line.slice(0, maxOutlineLine)));
  const shown = declared.slice(0, maxOutlineLines);
  const more = declared.length > shown.length ? `, ${declared.length - shown.length} declarations more` : '';
  return `${numbered(shown, maxOutlineLine)}\n(outline of ${lines.length} lines${more})`;
}

interface NumberedLine {
  readonly line: string;
  readonly number: number;
}

function withNumbers(lines: readonly string[]): readonly NumberedLine[] {
  return lines.map((line, index) => ({ line, number: index + 1 }));
}

function numbered(lines: readonly NumberedLine[], max: number): string {
  const cut = (line: string): string => (line.length <= max ? line : `${line.slice(0, max)} [cut]`);
  return lines.map(({ line, number }) => `${number}\t${cut(line)}`).join('\n');
}
