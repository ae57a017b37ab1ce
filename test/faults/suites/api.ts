import { noUsage } from '../../../src/models/cost.ts';
import { answerOf, streamOf } from '../../../src/models/scripted/answer.ts';
import type { Fault } from '../../../src/models/scripted/faults.ts';
import type { RecordedRequest } from '../../../src/models/scripted/ledger.ts';
import { wireRequestBody } from '../../../src/models/scripted/wire.ts';
import type { Lab } from '../lab/build.ts';
import { turnFindings } from '../lab/oracle-turns.ts';
import { inspectWith, openStories, runArgs } from '../lab/outcome.ts';
import { apart, endlessTurn, type ScriptedStory, stories, storyIn, tracedTurns, turnOf } from '../lab/script.ts';
import { type Amount, type Finding, type Job, type Pace, type Tally, tally } from '../lab/tally.ts';
import { openWorld, said, type World } from '../lab/world.ts';
import { type ProviderFault, providerFaultTable } from './api-faults.ts';

/** So long without a byte counts as silence here; 90 s is too long to wait for. */
const idle = { PRD_IDLE_MS: '1200' };
/** So many turns of one story meet a fault, one after the other. */
const turnsPerStory = 8;

/** Every fault of the table meets a turn of a story; a money limit meets a model that never ends. */
export function providerFaults(lab: Lab, pace: Pace): Promise<Tally> {
  const goingOn = providerFaultTable.filter(({ outcome }) => outcome === 'goes on');
  const stopping = providerFaultTable.filter(({ outcome }) => outcome === 'stops');
  const jobs: Job[] = [
    { name: 'going on', counts: goingOn.length, run: () => goOn(lab, goingOn) },
    { name: 'stopping', counts: stopping.length, run: () => stopAt(lab, stopping) },
    { name: 'a model without end', run: () => holdBudget(lab) },
  ];
  return tally('API-faults', jobs, pace);
}

/** A money limit alone. */
export function endlessModel(lab: Lab, pace: Pace): Promise<Tally> {
  return tally('API-budget', [{ name: 'a model without end', run: () => holdBudget(lab) }], pace);
}

/** At once in one world, so that a world stays small. */
const cutsPerWorld = 40;

/** Streams cut at bytes spread over the whole answer, reset or ended as if all had been said. */
export function cutStreams(lab: Lab, amount: Amount): Promise<Tally> {
  const length = answerBytes();
  const faults = Array.from({ length: amount.runs }, (_, index): ProviderFault => {
    const afterBytes = Math.floor((index * length) / amount.runs);
    const how = index % 2 === 0 ? 'reset' : 'end';
    return { name: `${how} after ${afterBytes} bytes`, fault: { kind: 'cut', afterBytes, how }, outcome: 'goes on' };
  });
  const jobs = inGroups(faults).map((group): Job => {
    const name = `${group[0]?.name} to ${group.at(-1)?.name}`;
    return { name, counts: group.length, run: () => goOn(lab, group) };
  });
  return tally('API-cuts', jobs, amount);
}

/** Deals the faults out to as many stories as are needed; all of them land in one run. */
async function goOn(lab: Lab, faults: readonly ProviderFault[]): Promise<readonly Finding[]> {
  const count = Math.ceil(faults.length / turnsPerStory);
  const all = apart(count, turnsPerStory + 1);
  const left = [...faults.keys()];
  const faultAt = (story: ScriptedStory, turn: number): ProviderFault | null => {
    const place = left.indexOf(turn * count + all.indexOf(story));
    const [index] = place < 0 ? [] : left.splice(place, 1);
    return index === undefined ? null : (faults[index] ?? null);
  };
  return inWorld(lab, all, faultAt, async (world, partial) => {
    const ended = await world.prd([...runArgs, '--parallel', '4'], idle).ended;
    const wrong: Finding[] = ended.exit === 0 ? [] : [{ column: 'unrecovered', detail: said(ended) }];
    return [...(await judged(world, partial)), ...(await openStories(world)), ...wrong];
  });
}

/** One run for each fault, which stops it; then one that has none. */
async function stopAt(lab: Lab, faults: readonly ProviderFault[]): Promise<readonly Finding[]> {
  const left = [...faults];
  return inWorld(
    lab,
    apart(1, 1),
    () => left.shift() ?? null,
    async (world, partial) => {
      const findings: Finding[] = [];
      for (const { name } of faults) {
        const stopped = await world.prd(runArgs, idle).ended;
        const landed = (await openStories(world)).length === 0;
        if (stopped.exit !== 4)
          findings.push({ column: 'unrecovered', detail: `${name} does not stop: ${said(stopped)}` });
        if (landed) findings.push({ column: 'false passes', detail: `it landed in spite of ${name}` });
      }
      await world.prd(runArgs, idle).ended;
      return [...findings, ...(await judged(world, partial)), ...(await openStories(world))];
    },
  );
}

/** Enough for a few answers of the endless model, far from enough for all it would say. */
const maxCostUsd = 0.1;

async function holdBudget(lab: Lab): Promise<readonly Finding[]> {
  const world = await openWorld(lab, { stories: stories(1, 1), answer: endlessTurn });
  try {
    const ended = await world.prd([...runArgs, '--max-cost', String(maxCostUsd)]).ended;
    const wrong: Finding[] =
      ended.exit === 3 ? [] : [{ column: 'unrecovered', detail: `not at its limit: ${said(ended)}` }];
    return [...wrong, ...(await inspectWith(world, 'ended', { answersAtMost: null, maxCostUsd }))];
  } finally {
    await world.close();
  }
}

async function inWorld(
  lab: Lab,
  all: readonly ScriptedStory[],
  faultAt: (story: ScriptedStory, turn: number) => ProviderFault | null,
  act: (world: World, partial: ReadonlySet<number>) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const partial = new Set<number>();
  const faults = ({ number, text, body }: RecordedRequest): Fault | null => {
    const story = storyIn(text, all);
    const turn = turnOf({ request: wireRequestBody.parse(body) });
    const found = story === undefined ? null : faultAt(story, turn);
    if (found !== null && found.whole !== true) partial.add(number);
    return found?.fault ?? null;
  };
  const world = await openWorld(lab, { stories: all, answer: tracedTurns(all), faults });
  try {
    return await act(world, partial);
  } finally {
    await world.close();
  }
}

async function judged(world: World, partial: ReadonlySet<number>): Promise<readonly Finding[]> {
  const limits = { answersAtMost: null, maxCostUsd: null };
  return [...(await inspectWith(world, 'ended', limits)), ...(await turnFindings(world, partial))];
}

/** Up to where a cut still leaves the turn without its end. */
function answerBytes(): number {
  const turn = tracedTurns(apart(1, 2))({ number: 0, request: firstRequest });
  if (turn instanceof Promise) throw new Error('a traced turn waits for nobody');
  const pieces = streamOf(answerOf(turn, 'claude-sonnet-5', 0), { ...noUsage, fresh: 1_000, output: 100 });
  return pieces.slice(0, -1).reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
}

const firstRequest = {
  model: 'sonnet',
  max_tokens: 1,
  messages: [{ role: 'user' as const, content: '# Story US-1: x' }],
};

function inGroups<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / cutsPerWorld) }, (_, index) =>
    all.slice(index * cutsPerWorld, (index + 1) * cutsPerWorld),
  );
}
