import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineTail } from '../../src/host/line-tail.ts';

/** A file that grows by one piece at each look. */
function growing(pieces: readonly Uint8Array[]) {
  let content = Buffer.alloc(0);
  const rest = [...pieces];
  return {
    grow: () => {
      content = Buffer.concat([content, rest.shift() ?? Buffer.alloc(0)]);
    },
    read: (offset: number, length: number) => content.subarray(offset, offset + length),
  };
}

async function linesOf(pieces: readonly Uint8Array[]): Promise<string[]> {
  const lines: string[] = [];
  const stream = growing(pieces);
  const tail = lineTail(stream, (line) => lines.push(line));
  for (const _ of pieces) {
    stream.grow();
    tail.read();
  }
  await tail.finish();
  return lines;
}

describe('the lines of a growing file', () => {
  it('are the same however the bytes arrive', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '💡', '\n', '\r\n', ' ') });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(20)), async (content, cuts) => {
        const bytes = Buffer.from(content);
        const borders = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const pieces = borders.slice(1).map((end, index) => bytes.subarray(borders[index], end));
        const expected = content.split(/\r?\n/);
        if (expected.at(-1) === '') expected.pop();
        expect(await linesOf(pieces)).toEqual(expected);
      }),
    );
  });

  it('leave out one that is too long to hold, and go on after it', async () => {
    const long = Buffer.alloc(17 * 1024 * 1024, 'x');
    expect(await linesOf([Buffer.from('a\n'), long, Buffer.from('tail\nb\n')])).toEqual(['a', 'b']);
  });

  it('come in slices from a file that grows faster than it is read', () => {
    let lines = 0;
    const endless = { read: (_: number, length: number) => Buffer.alloc(length, 'y\n') };
    const tail = lineTail(endless, () => {
      lines += 1;
    });
    expect(tail.read()).toBe(true);
    expect(lines).toBe(512 * 1024);
  });

  it('stop at a listener that throws, which is told at the end', async () => {
    const stream = growing([Buffer.from('a\nb\n'), Buffer.from('c\n')]);
    const seen: string[] = [];
    const tail = lineTail(stream, (line) => {
      seen.push(line);
      throw new Error(line);
    });
    stream.grow();
    expect(tail.read()).toBe(false);
    stream.grow();
    expect(tail.read()).toBe(false);
    await expect(tail.finish()).rejects.toThrow('a');
    expect(seen).toEqual(['a']);
  });
});
