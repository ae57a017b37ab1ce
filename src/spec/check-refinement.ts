import { readCriterion } from '../prd/criterion.ts';
import { prdFileNames } from '../prd/find.ts';
import type { Story } from '../prd/prd.ts';
import { type KnownCommands, refuseCommand } from './accept-command.ts';
import { applyRefinedEdits } from './apply-edits.ts';
import { oneLine } from './clamp.ts';
import { weakensJudgment } from './lesson.ts';
import { modelChecks, refinedStory, verifyText } from './refined-story.ts';
import type { Refinement } from './refinement.ts';

/** What is known of the repository that the story starts from. */
export interface RefinementGround {
  readonly paths: ReadonlySet<string>;
  /** Texts of the files that the refinement names; null for what is not there or not text. */
  readonly text: (path: string) => string | null;
  readonly used: readonly string[];
  readonly scripts: ReadonlySet<string>;
}

export interface CheckedRefinement {
  readonly refinement: Refinement;
  /** What was left out and why, one line each: for the journal and for one more try. */
  readonly dropped: readonly string[];
}

/**
 * Holds a refinement against the repository before it is used. What does not hold is left out and named; the story's own
 * criteria and commands cannot be reached from here at all, because a refinement only adds.
 */
export function checkRefinement(story: Story, given: Refinement, ground: RefinementGround): CheckedRefinement {
  const dropped: string[] = [];
  const keep = <Item>(items: readonly Item[], what: (item: Item) => string, refuse: (item: Item) => string | null) =>
    items.filter((item) => {
      const why = refuse(item);
      if (why !== null) dropped.push(`${what(item)}: ${why}`);
      return why === null;
    });
  const files = keep(given.files, ({ path }) => path, refuseFile(ground)).map(withAction(ground));
  const created = new Set(files.filter(({ action }) => action === 'create').map(({ path }) => path));
  const { prose, commands } = sortedCriteria(given);
  const refinement: Refinement = {
    ...given,
    files,
    copyFrom: keep(given.copyFrom, ({ path, symbol }) => `${symbol} of ${path}`, refuseSymbol(ground)),
    extraCriteria: keep(prose, quoted, refuseCriterion(story)),
    verify: keep(commands, quoted, refuseVerify(story, knownCommands(ground, created))),
    steps: keep(given.steps, quoted, refuseWeakening),
    outOfScope: keep(given.outOfScope, quoted, refuseExclusion(story)),
    edits: [],
  };
  const edits = refuseEdits(given.edits, ground);
  if (edits !== null) dropped.push(edits);
  return { refinement: { ...refinement, edits: edits === null ? given.edits : [] }, dropped };
}

function quoted(text: string): string {
  return `"${text}"`;
}

/** Version control, the PRD and `.prd/` are nobody's to plan with. */
function isReserved(path: string): boolean {
  const folded = path.normalize('NFC').toLowerCase();
  return (
    /^(?:.*\/)?\.git(?:\/|$)|^\.prd(?:\/|$)/.test(folded) || prdFileNames.some((name) => name.toLowerCase() === folded)
  );
}

function refuseFile({ paths }: RefinementGround): (file: Refinement['files'][number]) => string | null {
  return ({ path, action }) => {
    if (isReserved(path)) return 'not a file to change';
    return action === 'modify' && !paths.has(path) ? 'to be modified, and is not there' : null;
  };
}

/** What is there already is modified, whatever it was called. */
function withAction({ paths }: RefinementGround): (file: Refinement['files'][number]) => Refinement['files'][number] {
  return (file) => ({ ...file, action: paths.has(file.path) ? 'modify' : 'create' });
}

function refuseSymbol({ text }: RefinementGround): (from: Refinement['copyFrom'][number]) => string | null {
  return ({ path, symbol }) => {
    const name = symbol.replace(/\(.*$/, '').trim();
    const found = text(path);
    if (found === null) return 'the file is not there';
    return name !== '' && found.includes(name) ? null : 'the symbol is not in the file';
  };
}

/** A command among the criteria is a command, wherever the model put it. */
function sortedCriteria({ extraCriteria, verify }: Refinement): { prose: string[]; commands: string[] } {
  const prose: string[] = [];
  const commands: string[] = [];
  for (const text of extraCriteria) {
    const run = commandIn(text);
    if (run === null) prose.push(text);
    else commands.push(run);
  }
  for (const text of verify) commands.push(commandIn(text) ?? commandIn(`Verify: \`${text}\``) ?? text);
  return { prose, commands: [...new Set(commands)] };
}

/** The command of a text, if it has one that has to end with 0. */
function commandIn(text: string): string | null {
  const reading = readCriterion(text, new Map());
  if (reading.kind !== 'command') return null;
  const { run, expect, cwd } = reading.command;
  return expect.exit === 0 && expect.output === null && cwd === null ? run : null;
}

function refuseCriterion(story: Story): (text: string) => string | null {
  const own = new Set(story.criteria.map(({ text }) => plain(text)));
  return (text) => {
    if (own.has(plain(text))) return 'the story says so already';
    return readCriterion(text, new Map()).kind === 'command' ? 'a command that cannot be added' : refuseWeakening(text);
  };
}

function refuseVerify(story: Story, known: KnownCommands): (command: string) => string | null {
  return (command) => {
    const last = refinedStory(story, { extraCriteria: [], verify: [command] }).criteria.at(-1);
    if (last?.reading.kind !== 'command' || last.text !== verifyText(command)) return 'not a command';
    if (modelChecks(story, { extraCriteria: [], verify: [command] }).length === 0) return 'the story runs it already';
    return refuseCommand(command, known);
  };
}

function refuseWeakening(text: string): string | null {
  return weakensJudgment(text) ? 'it would loosen what judges the work' : null;
}

/** What the story demands cannot be declared out of its scope. */
function refuseExclusion({ criteria }: Story): (text: string) => string | null {
  return (text) => {
    const demanded = criteria.some((criterion) => plain(text).includes(plain(criterion.text)));
    return demanded || /\bcriteri(?:on|a)\b/i.test(text) ? 'the story demands it' : null;
  };
}

function refuseEdits(edits: Refinement['edits'], { text }: RefinementGround): string | null {
  const reserved = edits.find(({ path }) => isReserved(path));
  if (reserved !== undefined) return `edits: ${reserved.path} is not a file to change`;
  const applied = applyRefinedEdits(text, edits);
  return applied.kind === 'refused' ? `edits: number ${applied.edit} on ${applied.path}: ${applied.why}` : null;
}

function knownCommands({ paths, used, scripts }: RefinementGround, created: ReadonlySet<string>): KnownCommands {
  return { used, scripts, exists: (path) => paths.has(path) || created.has(path) };
}

function plain(text: string): string {
  return oneLine(text).toLowerCase();
}
