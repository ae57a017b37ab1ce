import type { Screen } from '../../src/report/reporter.ts';
import { fakeOut } from './builders.ts';

/** A terminal that understands what the live view writes, and keeps what scrolled out at the top. */
export interface FakeScreen {
  readonly out: Screen;
  /** All rows, those that scrolled out first. */
  rows(): readonly string[];
  /** Every byte that was sent. */
  sent(): string;
  /** Writes since the last call. */
  writes(): number;
  /** Another size; lines break anew at another width, as on most terminals. */
  resize(columns: number, rows?: number): void;
  /** The terminal says that it has no columns and no rows. */
  forgetSize(): void;
  cursorShown(): boolean;
}

const commands = new RegExp(
  `${String.fromCharCode(27)}\\[(\\??[\\d;]*)([A-Za-z])|\\r|\\n|[^\\r\\n${String.fromCharCode(27)}]`,
  'gu',
);

/** Opens a screen of this size. */
export function fakeScreen(columns = 80, rows = 24, look: { readonly unicode?: boolean } = {}): FakeScreen {
  const size = { columns, rows };
  const said = { columns, rows };
  // A row is soft when the text goes on in the next one because it did not fit.
  let lines: Row[] = [{ text: '', soft: false }];
  let at = { row: 0, column: 0 };
  let sent = '';
  let writes = 0;
  let shown = true;

  const set = (text: string, soft = lines[at.row]?.soft ?? false): void => {
    lines[at.row] = { text, soft };
  };
  const textHere = (): string => lines[at.row]?.text ?? '';
  const put = (text: string): void => {
    if (at.column === size.columns) {
      set(textHere(), true);
      down();
    }
    set(textHere().slice(0, at.column).padEnd(at.column) + text + textHere().slice(at.column + 1));
    at = { ...at, column: at.column + 1 };
  };
  const down = (): void => {
    at = { row: at.row + 1, column: 0 };
    if (at.row === lines.length) lines.push({ text: '', soft: false });
  };
  const up = (count: number): void => {
    const top = Math.max(0, lines.length - size.rows);
    at = { ...at, row: Math.max(top, at.row - count) };
  };
  /** Breaks all lines anew; the cursor stays at the end, where the live view leaves it. */
  const reflow = (): void => {
    lines = wholeLines(lines).flatMap((line) => rowsOf(line, size.columns));
    at = { row: lines.length - 1, column: lines.at(-1)?.text.length ?? 0 };
  };
  const obey = ([text, argument = '', command]: readonly string[]): void => {
    if (text === '\r') at = { ...at, column: 0 };
    else if (text === '\n') down();
    else if (command === undefined) put(text ?? '');
    else if (command === 'A') up(Number(argument));
    else if (command === 'K') set(textHere().slice(0, at.column), false);
    else if (command === 'J') {
      lines = lines.slice(0, at.row + 1);
      set(textHere().slice(0, at.column), false);
    } else if (argument === '?25') shown = command === 'h';
  };
  const stream = {
    isTTY: true,
    get columns() {
      return said.columns;
    },
    get rows() {
      return said.rows;
    },
    writableNeedDrain: false,
    write: (text: string) => {
      sent += text;
      writes += 1;
      for (const match of text.matchAll(commands)) obey(match);
      return true;
    },
    once: () => {},
  } as unknown as NodeJS.WriteStream;
  const out: Screen = {
    ...fakeOut({ isTTY: true, columns, ...look, write: (text) => void stream.write(text) }),
    stream,
  };
  return {
    out,
    rows: () => lines.map(({ text }) => text),
    sent: () => sent,
    writes: () => {
      const count = writes;
      writes = 0;
      return count;
    },
    resize: (columns, rows = size.rows) => {
      Object.assign(size, { columns, rows });
      Object.assign(said, { columns, rows });
      reflow();
    },
    forgetSize: () => Object.assign(said, { columns: 0, rows: 0 }),
    cursorShown: () => shown,
  };
}

interface Row {
  readonly text: string;
  readonly soft: boolean;
}

function wholeLines(rows: readonly Row[]): readonly string[] {
  const lines = [''];
  for (const { text, soft } of rows) {
    lines[lines.length - 1] += text;
    if (!soft) lines.push('');
  }
  return lines.slice(0, -1);
}

function rowsOf(line: string, columns: number): readonly Row[] {
  const rows: Row[] = [];
  for (let start = 0; start === 0 || start < line.length; start += columns) {
    rows.push({ text: line.slice(start, start + columns), soft: start + columns < line.length });
  }
  return rows;
}
