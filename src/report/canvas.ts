import { width } from './text.ts';

/**
 * Where ora draws. Ora counts the rows of its last frame at the width they were drawn for and writes each of its steps
 * by itself, so a terminal made narrower keeps remains of old frames, and a slow one flickers. The canvas takes the frames
 * from ora and draws them itself: one write per frame, only the lines that changed, rows counted at the width of now.
 */
export interface Canvas {
  /** For ora, and nobody else. */
  readonly stream: NodeJS.WritableStream;
  /** Puts whole lines above the frame, for good, with the next frame. */
  above(lines: string): void;
  /** Writes what still waits to be put above. For the end, when no frame follows. */
  flush(): void;
}

const csi = '\u001b[';
const beginFrame = `${csi}?2026h`;
const endFrame = `${csi}?2026l`;
const clearRight = `${csi}K`;
const clearBelow = `${csi}J`;

/** A canvas at the cursor of a terminal. */
export function openCanvas(terminal: NodeJS.WriteStream): Canvas {
  // Ora puts itself between everybody and the streams of the process; what is drawn goes around it.
  const send = terminal.write.bind(terminal);
  let shown: readonly string[] = [];
  let waiting = '';
  let frame: string | null = null;
  let framing = false;

  const columnsNow = (): number => terminal.columns || 80;
  const draw = (text: string): void => {
    const lines = text.split('\n');
    const columns = columnsNow();
    const inPlace = waiting === '' && rowsOf(shown, columns) === shown.length;
    const body = inPlace ? changed(shown, lines) : waiting + joined(lines);
    send(beginFrame + top(shown, columns) + (inPlace ? '' : clearBelow) + body + endFrame);
    [shown, waiting] = [lines, ''];
  };
  const erase = (): void => {
    if (shown.length > 0) send(top(shown, columnsNow()) + clearBelow);
    shown = [];
  };
  const write = (text: string): boolean => {
    if (text === beginFrame) framing = true;
    else if (text === endFrame) {
      framing = false;
      if (frame !== null) draw(frame);
      frame = null;
    } else if (framing) frame = text;
    else send(text);
    return !terminal.writableNeedDrain;
  };
  const stream = {
    isTTY: true,
    // Ora divides by it.
    columns: 80,
    write,
    cursorTo: () => {
      if (!framing) erase();
    },
    moveCursor: () => {},
    clearLine: () => {},
    once: (event: string, listener: () => void) => terminal.once(event, listener),
  };
  return {
    // Ora asks no more of a stream than this.
    stream: stream as unknown as NodeJS.WritableStream,
    above: (lines) => {
      waiting += lines.replaceAll('\n', `${clearRight}\r\n`);
    },
    flush: () => {
      if (waiting !== '') send(waiting);
      waiting = '';
    },
  };
}

/** To the first column of the first row that the lines take at this width. */
function top(lines: readonly string[], columns: number): string {
  const rows = rowsOf(lines, columns);
  return rows > 1 ? `\r${csi}${rows - 1}A` : '\r';
}

function rowsOf(lines: readonly string[], columns: number): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / columns)), 0);
}

function joined(lines: readonly string[]): string {
  return lines.join('\r\n');
}

/** Writes over the lines that are there. The last is always written, so that the cursor stands at its end. */
function changed(before: readonly string[], lines: readonly string[]): string {
  const last = lines.length - 1;
  const written = lines.map((line, index) => (index < last && line === before[index] ? '' : line + clearRight));
  return joined(written) + (before.length > lines.length ? clearBelow : '');
}
