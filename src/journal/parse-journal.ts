import { isUtf8 } from 'node:buffer';
import type { Problem } from '../problem.ts';
import { type JournalRecord, journalRecord } from '../run/events.ts';
import type { JournalRead } from './journal.ts';

/** Cuts bytes that arrive in any pieces into records. */
export interface JournalDecoder {
  /** The records that the bytes complete; after damage always none. */
  push(bytes: Uint8Array): readonly JournalRecord[];
  readonly damage: Problem | null;
  /** True while the last line has no end: cut by a crash, or still being written. */
  readonly torn: boolean;
}

/** Reads the content of a journal. A last line without its end is ignored; anything else that is odd is damage. */
export function parseJournal(content: string | Uint8Array, file: string): JournalRead {
  const decoder = journalDecoder(file);
  const records = decoder.push(typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
  const { damage, torn } = decoder;
  return damage === null ? { kind: 'read', records, torn } : { kind: 'damaged', problem: damage };
}

export function journalDecoder(file: string): JournalDecoder {
  let rest = Buffer.alloc(0);
  let count = 0;
  let damage: Problem | null = null;

  const push = (bytes: Uint8Array) => {
    const records: JournalRecord[] = [];
    let start = 0;
    rest = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([rest, bytes]);
    for (let end = rest.indexOf('\n'); end >= 0 && damage === null; end = rest.indexOf('\n', start)) {
      const parsed = parseLine(rest.subarray(start, end), count);
      if (typeof parsed === 'string') damage = { code: 'journal-damaged', file, line: count + 1, why: parsed };
      else records.push(parsed);
      start = end + 1;
      count += 1;
    }
    rest = rest.subarray(start);
    return records;
  };
  return {
    push,
    get damage() {
      return damage;
    },
    get torn() {
      return rest.length > 0;
    },
  };
}

/** The record in a line, or why there is none. `seq` is the number it must have. */
function parseLine(line: Buffer, seq: number): JournalRecord | string {
  if (!isUtf8(line)) return 'the line is not UTF-8';
  const json = parseJson(line.toString('utf8'));
  if (json === undefined) return 'the line is not JSON';
  const version = versionOf(json);
  if (version > 1) return `the record has version ${version}: a newer prd wrote it`;
  const parsed = journalRecord.safeParse(json);
  if (!parsed.success) return `not a journal record: ${firstIssue(parsed.error.issues)}`;
  if (parsed.data.seq !== seq) return `record ${seq} is missing, record ${parsed.data.seq} stands here`;
  // The schema is a union over the same table as the type; only its spelling is wider.
  return parsed.data as JournalRecord;
}

// JSON.parse never returns undefined, so it can say "not JSON".
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function versionOf(json: unknown): number {
  const version = typeof json === 'object' && json !== null && 'v' in json ? json.v : 1;
  return typeof version === 'number' ? version : 1;
}

function firstIssue(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const [issue] = issues;
  return issue === undefined ? 'unknown' : `${issue.path.join('.')} ${issue.message}`.trim();
}
