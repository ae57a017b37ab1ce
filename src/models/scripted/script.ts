import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { PrdError } from '../../problem.ts';
import { firstLineOf, type Place, trackConversations } from './conversations.ts';
import type { Player, Turn } from './turn.ts';

const turn = z.strictObject({
  say: z.string().optional().describe('Text before the calls.'),
  thinking: z.string().optional(),
  calls: z
    .array(z.strictObject({ tool: z.string().min(1), input: z.unknown() }))
    .default([])
    .describe('`{"$file": "path"}` anywhere in an input stands for the text of that file beside the script.'),
  stop: z.string().optional().describe('Stop reason. Default: `tool_use` with calls, `end_turn` without.'),
});

/** Each step holds conversations in the order they happen, and each conversation its turns; the last one repeats. */
const conversations = z.array(z.array(turn).min(1)).min(1);

/**
 * What a scripted model says: per story id and step, per conversation (attempt), per turn. Kept as a JSON file beside each
 * example; solutions live in real files next to it.
 */
export const script = z.strictObject({
  $schema: z.string().optional(),
  note: z.string().optional().describe('For readers only.'),
  stories: z.record(
    z.string(),
    z.strictObject({
      implement: conversations.optional(),
      refine: conversations.optional(),
      review: conversations.optional(),
      diagnose: conversations.optional(),
      lint: conversations.optional(),
    }),
  ),
});

export type Script = z.infer<typeof script>;

/** Reads a script and the files it names. Rejects with `bad-config` when either cannot be read. */
export async function readScript(file: string): Promise<Script> {
  const text = await readBeside(file, file);
  const read = script.safeParse(parsed(text, file));
  if (!read.success) throw refusal(file, z.prettifyError(read.error));
  return { ...read.data, stories: (await withFiles(read.data.stories, file)) as Script['stories'] };
}

/** Plays a script. What it has no words for is answered in plain text that says so. */
export function playScript({ stories }: Script): Player {
  const tracked = trackConversations(Object.keys(stories));
  return {
    answer: ({ request }) => {
      const place = tracked.placeOf(request);
      return place === null ? silence(`no script for "${firstLineOf(request)}"`) : turnAt(stories, place);
    },
    delivered: ({ request }) => tracked.delivered(request),
  };
}

function turnAt(stories: Script['stories'], { story, step, conversation, turn }: Place): Turn {
  const all = stories[story]?.[step];
  const turns = all?.[Math.min(conversation, all.length - 1)];
  if (turns === undefined) return silence(`no script for story ${story}, step ${step}`);
  return (
    turns[turn] ??
    silence(`the script of story ${story}, step ${step}, has ${turns.length} turns and no turn ${turn + 1}`)
  );
}

function silence(say: string): Turn {
  return { say, calls: [] };
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refusal(file, error instanceof Error ? error.message : String(error));
  }
}

async function withFiles(value: unknown, file: string): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => withFiles(item, file)));
  if (typeof value !== 'object' || value === null) return value;
  if ('$file' in value && typeof value.$file === 'string')
    return readBeside(path.join(path.dirname(file), value.$file), file);
  const entries = Object.entries(value).map(async ([key, item]) => [key, await withFiles(item, file)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function readBeside(file: string, scriptFile: string): Promise<string> {
  if (path.relative(path.dirname(scriptFile), file).startsWith('..'))
    throw refusal(scriptFile, `${file} is not beside it`);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw refusal(scriptFile, `cannot read ${file}`, error);
  }
}

function refusal(file: string, what: string, cause?: unknown): PrdError {
  return new PrdError({ code: 'bad-config', file, what, at: null }, { cause });
}
