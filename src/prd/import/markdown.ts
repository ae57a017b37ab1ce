import { type ImportedStory, type PlanOptions, planOf, type ReadPlan } from './imported.ts';
import { type Line, markdownLines, plainText } from './markdown-lines.ts';
import { readMarkdownStory } from './markdown-story.ts';

/** Reads a Markdown PRD: headings that name a story, or a checklist whose top items are the stories. */
export function readMarkdown(text: string, _file: string, _options: PlanOptions): ReadPlan {
  const { title, body } = frontMatter(text);
  const lines = markdownLines(body);
  const stories = storiesByHeading(lines);
  const chosen = stories.length > 0 ? stories : storiesByChecklist(lines);
  return planOf(chosen, {
    project: title ?? projectOf(lines),
    description: introduction(lines),
    notes: asides(lines),
  });
}

/** The title of a front matter, and the text without it. */
function frontMatter(text: string): { readonly title: string | null; readonly body: string } {
  const [fence = ''] = /^\ufeff?---\r?\n/.exec(text) ?? [];
  const end = fence === '' ? -1 : text.indexOf('\n---', fence.length - 1);
  if (end < 0) return { title: null, body: text };
  const [, title = ''] = /^title:[ \t]{0,9}(.{1,200})$/m.exec(text.slice(0, end)) ?? [];
  return { title: title.trim().replace(/^["']|["']$/g, '') || null, body: text.slice(end + 4) };
}

interface StoryHeading {
  readonly id: string;
  readonly title: string;
}

/** `US-001: Title`, `[US-001] Title`, `Story 1: Title`, `User Story 2 - Title (Priority: P1)`; requirements are none. */
export function storyHeading(text: string): StoryHeading | null {
  const [start = '', number = ''] =
    /^(?:user )?story (\d{1,4}(?:\.\d{1,3})?)[ \t]{0,9}[:.)\u2013\u2014-]?[ \t]{0,9}/i.exec(text) ?? [];
  if (number !== '')
    return { id: `US-${number.padStart(3, '0')}`, title: text.slice(start.length).trim() || `Story ${number}` };
  const named =
    /^\[?([A-Za-z][A-Za-z0-9]{0,9}(?:-[A-Za-z0-9]{1,10}){1,3})\]?[ \t]{0,9}(?:[:.\u2013\u2014-][ \t]{0,9})?/.exec(text);
  const [lead = '', id = ''] = named ?? [];
  if (!/\d/.test(id) || /^n?fr-/i.test(id)) return null;
  return { id, title: text.slice(lead.length).trim() || id };
}

function storiesByHeading(lines: readonly Line[]): readonly ImportedStory[] {
  const stories: ImportedStory[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const heading = line?.kind === 'heading' && line.level >= 2 && line.level <= 4 ? storyHeading(line.text) : null;
    if (line?.kind !== 'heading' || heading === null) continue;
    const end = endOfSection(lines, at, line.level);
    stories.push(readMarkdownStory(heading.id, heading.title, lines.slice(at + 1, end)));
    at = end - 1;
  }
  return stories;
}

/** Where the next heading of this level, or a story of any level, begins. */
function endOfSection(lines: readonly Line[], start: number, level: number): number {
  for (let at = start + 1; at < lines.length; at += 1) {
    const line = lines[at];
    if (line?.kind === 'heading' && (line.level <= level || storyHeading(line.text) !== null)) return at;
  }
  return lines.length;
}

/** Items with a box that stand leftmost are stories, what stands below them says when they are done. */
function storiesByChecklist(lines: readonly Line[]): readonly ImportedStory[] {
  const stories: { title: string; criteria: string[]; done: boolean; indent: number }[] = [];
  for (const line of lines) {
    const last = stories.at(-1);
    if (line.kind !== 'item') continue;
    if (last !== undefined && line.indent > last.indent) last.criteria.push(plainText(line.text));
    else if (line.checked !== null && line.text !== '') {
      stories.push({ title: plainText(line.text), criteria: [], done: line.checked, indent: line.indent });
    }
  }
  return stories.map(({ title, criteria, done }, index) => ({
    id: `US-${String(index + 1).padStart(3, '0')}`,
    title,
    criteria,
    state: done ? 'done' : 'open',
  }));
}

function projectOf(lines: readonly Line[]): string | null {
  const title = lines.find((line) => line.kind === 'heading')?.text ?? '';
  return (
    title.replace(/^(?:prd|product requirements document)[ \t]{0,9}[:\u2013\u2014-][ \t]{0,9}/i, '').trim() || null
  );
}

/** Paragraphs between the first heading and the second, and those of an introduction. */
function introduction(lines: readonly Line[]): string {
  const first = lines.findIndex((line) => line.kind === 'heading');
  const section = lines.findIndex(
    (line) => line.kind === 'heading' && /introduction|overview|summary/i.test(line.text),
  );
  return [...new Set([first, section])]
    .filter((at) => at >= 0)
    .flatMap((at) => paragraph(lines, at))
    .join('\n');
}

function paragraph(lines: readonly Line[], start: number): readonly string[] {
  const next = lines.findIndex((line, at) => at > start && line.kind === 'heading');
  return lines
    .slice(start + 1, next < 0 ? lines.length : next)
    .filter((line) => line.kind === 'text')
    .map((line) => plainText(line.text));
}

/** Requirements, goals and limits: they bind nobody here, but they are not lost. */
function asides(lines: readonly Line[]): string {
  const notes: string[] = [];
  let isAside = false;
  for (const line of lines) {
    if (line.kind === 'heading') {
      isAside = /requirements$|goals$|out of scope|considerations$|constraints$|open questions/i.test(line.text);
      if (isAside) notes.push(`${line.text}:`);
    } else if (isAside) notes.push(`- ${plainText(line.text)}`);
  }
  return notes.join('\n');
}
