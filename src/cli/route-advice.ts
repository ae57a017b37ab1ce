import type { Config } from '../config/config.ts';
import { defaultRoles, type ModelRoster, rosterOf } from '../models/catalog.ts';
import { routeStory } from '../plan/route.ts';
import { type PastStory, type TrackRecord, trackRecords } from '../plan/route-past.ts';
import {
  type Agreement,
  adviseWork,
  agreement,
  mechanicalVerb,
  type Work,
  type WorkAdvice,
  type WorkModels,
} from '../plan/route-work.ts';
import type { PrdDocument } from '../prd/parse.ts';
import type { Story } from '../prd/prd.ts';
import { workEvidence } from './route-evidence.ts';

/** What `prd route` says of one story. */
export interface RouteAdvice {
  readonly story: Story;
  readonly work: Work;
  readonly because: string;
  /** What `implementModel` should hold. */
  readonly model: string;
  /** What it holds, or null. */
  readonly present: string | null;
  readonly agreement: Agreement;
}

export interface RouteReport {
  readonly advice: readonly RouteAdvice[];
  readonly past: readonly TrackRecord[];
}

/** Advises on the stories that were asked for, and says how delegates did at such work before. */
export function adviseRoutes(
  document: PrdDocument,
  asked: readonly Story[],
  { config, past }: { readonly config: Config; readonly past: readonly PastStory[] },
): RouteReport {
  const roster = rosterOf({ roles: config.roles, models: config.models, baseUrl: config.baseUrl ?? undefined });
  const models = workModels(roster);
  const all = asked.some(({ passes }) => passes);
  const works = adviceByStory(document, config, all);
  const advice = asked.map((story): RouteAdvice => {
    const advised = works.get(story) ?? unknown;
    return {
      story,
      work: advised.work,
      because: advised.because,
      model: models[advised.work].name,
      present: story.implementModel,
      agreement: agreement(advised, routeStory(story, roster), models),
    };
  });
  return { advice, past: past.length === 0 ? [] : trackRecords(past, workOfPast(document, config)) };
}

/** Start conservative. */
const unknown: WorkAdvice = { work: 'judgment', because: 'nothing is known of it', ready: true };

function adviceByStory(document: PrdDocument, config: Config, all: boolean) {
  const { stories } = document.prd;
  const advice = adviseWork(stories, workEvidence(document, config, { all }));
  return new Map(stories.map((story, index) => [story, advice[index]]));
}

/** Where the delegate is a model of the user's own, repetition goes there too. */
function workModels(roster: ModelRoster): WorkModels {
  const small = roster.roles.delegate === defaultRoles.delegate ? 'haiku' : 'delegate';
  const named = (name: string) => ({ name, modelId: roster.resolve(name) ?? name });
  return { judgment: named('orchestrator'), making: named('delegate'), repetition: named(small) };
}

/** A story that still stands in the document is judged by its text, any other by its title alone. */
function workOfPast(document: PrdDocument, config: Config): (past: PastStory) => Work {
  const works = adviceByStory(document, config, true);
  const known = new Map(document.prd.stories.map((story) => [story.id, story]));
  return ({ story: id, title }) => {
    const story = known.get(id);
    const advice = story?.title === title ? works.get(story) : undefined;
    return advice?.work ?? (mechanicalVerb(title) === null ? 'making' : 'repetition');
  };
}
