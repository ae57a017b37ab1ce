import { StringDecoder } from 'node:string_decoder';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OutputFile } from './output-file.ts';

export interface LineTail {
  /** Hands over whole lines that arrived since the last call, a slice at most. False once the listener has thrown. */
  read(): boolean;
  /** Hands over the rest, also a last line without its end. Rejects with what the listener threw, now or before. */
  finish(): Promise<void>;
}

const chunkBytes = 64 * 1024;
/** One look takes at most this much: a command that writes faster than we read must not hold us for ever. */
const sliceBytes = 1024 * 1024;
/** A longer line is dropped whole: nobody may fill our memory by never ending one. */
const maxLineChars = 16 * 1024 * 1024;

/** Follows a growing file and cuts it into lines; `\r\n` counts as one line end. */
export function lineTail(stream: Pick<OutputFile, 'read'>, onLine: (line: string) => void): LineTail {
  const lines = lineCutter(onLine);
  const decoder = new StringDecoder('utf8');
  let offset = 0;
  let thrown: { readonly error: unknown } | null = null;

  /** True while there may be more. */
  const readSlice = () => {
    for (const end = offset + sliceBytes; offset < end; ) {
      const chunk = stream.read(offset, chunkBytes);
      if (chunk.length === 0) return false;
      offset += chunk.length;
      lines.push(decoder.write(chunk));
    }
    return true;
  };
  // An error thrown inside the timer that reads would end prd; it has to wait until the command is ended.
  const guarded = (act: () => boolean) => {
    try {
      return thrown === null && act();
    } catch (error) {
      thrown = { error };
      return false;
    }
  };
  return {
    read: () => {
      guarded(readSlice);
      return thrown === null;
    },
    finish: async () => {
      while (guarded(readSlice)) await nextTurn();
      guarded(() => lines.end(decoder.end()));
      if (thrown !== null) throw thrown.error;
    },
  };
}

function lineCutter(onLine: (line: string) => void) {
  let rest = '';
  let tooLong = false;
  const emit = (line: string) => {
    if (!tooLong) onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    tooLong = false;
  };
  const push = (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) emit(line);
    if (rest.length > maxLineChars) [rest, tooLong] = ['', true];
  };
  return {
    push,
    end: (text: string) => {
      push(text);
      if (rest !== '') emit(rest);
      return true;
    },
  };
}
