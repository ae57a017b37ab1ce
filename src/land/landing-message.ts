export interface LandingMessage {
  readonly story: string;
  readonly title: string;
  readonly run: string;
  readonly attempt: number;
  /** Path of the evidence file. */
  readonly evidence: string;
  /** First line from user config, with `{id}` and `{title}`; default `{id}: {title}`. */
  readonly subject?: string | null;
}

/** The commit message of a landing. Ids and titles are data: whatever they hold, they stay on their line. */
export function landingMessage({ story, title, run, attempt, evidence, subject }: LandingMessage): string {
  const words: Readonly<Record<string, string>> = { id: oneLine(story), title: oneLine(title) };
  const first = (subject ?? '{id}: {title}').replace(/\{(id|title)\}/g, (_all, name: string) => words[name] ?? '');
  const trailers = [
    `Prd-Story: ${oneLine(story)}`,
    `Prd-Attempt: ${oneLine(run)}/${attempt}`,
    `Prd-Evidence: ${oneLine(evidence)}`,
  ];
  return `${shortLine(oneLine(first))}\n\n${trailers.join('\n')}\n`;
}

/** The commit message of a story that goes back to false. `by`: the story that broke it; null when something else did. */
export function takeBackMessage(taken: {
  readonly story: string;
  readonly title: string;
  readonly why: string;
  readonly by: string | null;
}): string {
  const { story, title, why, by } = taken;
  const since = by === null ? '' : ` since ${oneLine(by)}`;
  const first = shortLine(oneLine(`Take back ${story}: ${title}`));
  const trailers = [`Prd-Story: ${oneLine(story)}`, ...(by === null ? [] : [`Prd-Broken-By: ${oneLine(by)}`])];
  return `${first}\n\n${oneLine(why)}${since}\n\n${trailers.join('\n')}\n`;
}

/** Characters of a first line that still shows whole in most places. */
const firstLine = 120;

function shortLine(line: string): string {
  return line.length > firstLine ? `${[...line].slice(0, firstLine - 1).join('')}…` : line;
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
