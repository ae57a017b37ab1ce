import { describe, expect, it } from 'vitest';
import { openPaint } from '../../src/cli/style.ts';
import { animates, hasColor, hasUnicode } from '../../src/cli/terminal.ts';

describe('colour', () => {
  it.each<[string, boolean | undefined, Record<string, string>, boolean, boolean]>([
    ['a terminal', undefined, {}, true, true],
    ['a pipe', undefined, {}, false, false],
    ['--color in a pipe', true, {}, false, true],
    ['--no-color on a terminal', false, {}, true, false],
    ['--color beside NO_COLOR', true, { NO_COLOR: '1' }, true, true],
    ['--no-color beside FORCE_COLOR', false, { FORCE_COLOR: '1' }, true, false],
    ['NO_COLOR', undefined, { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR', undefined, { NO_COLOR: '' }, true, true],
    ['NO_COLOR beside FORCE_COLOR', undefined, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['FORCE_COLOR in a pipe', undefined, { FORCE_COLOR: '1' }, false, true],
    ['FORCE_COLOR=0 on a terminal', undefined, { FORCE_COLOR: '0' }, true, false],
    ['FORCE_COLOR=false on a terminal', undefined, { FORCE_COLOR: 'false' }, true, false],
    ['an empty FORCE_COLOR in a pipe', undefined, { FORCE_COLOR: '' }, false, false],
    ['FORCE_COLOR beside TERM=dumb', undefined, { FORCE_COLOR: '1', TERM: 'dumb' }, false, true],
    ['TERM=dumb', undefined, { TERM: 'dumb' }, true, false],
  ])('%s', (_, flag, env, isTTY, expected) => {
    expect(hasColor(flag, env, { isTTY })).toBe(expected);
  });

  it('chalk colours although the test runs without a terminal, because we have decided', () => {
    expect(openPaint().bad('red')).toBe(`${String.fromCharCode(27)}[31mred${String.fromCharCode(27)}[39m`);
  });
});

describe('live view', () => {
  const terminal = { isTTY: true, columns: 80 };
  it.each<[string, boolean, Record<string, string>, { isTTY: boolean; columns: number }, boolean]>([
    ['a terminal', false, {}, terminal, true],
    ['a terminal one column wide', false, {}, { isTTY: true, columns: 1 }, true],
    ['a terminal that says 0 columns', false, {}, { isTTY: true, columns: 0 }, false],
    ['a pipe', false, {}, { isTTY: false, columns: 0 }, false],
    ['CI', false, { CI: 'true' }, terminal, false],
    ['TERM=dumb', false, { TERM: 'dumb' }, terminal, false],
    ['--quiet', true, {}, terminal, false],
    ['PRD_NO_PROGRESS', false, { PRD_NO_PROGRESS: '1' }, terminal, false],
  ])('%s', (_, quiet, env, stream, expected) => {
    expect(animates(quiet, env, stream)).toBe(expected);
  });
});

it.each<[string, Record<string, string>, string, boolean]>([
  ['Linux', {}, 'linux', true],
  ['the Linux console', { TERM: 'linux' }, 'linux', false],
  ['the locale C', { LANG: 'C' }, 'linux', false],
  ['a locale of another encoding', { LANG: 'de_DE.ISO-8859-1' }, 'linux', false],
  ['C with UTF-8', { LC_ALL: 'C.UTF-8', LANG: 'C' }, 'linux', true],
  ['a Mac', { LANG: 'de_DE.utf8', LC_CTYPE: 'UTF-8' }, 'darwin', true],
  ['the old Windows console', {}, 'win32', false],
  ['Windows Terminal', { WT_SESSION: 'x' }, 'win32', true],
])('unicode on %s', (_, env, platform, expected) => {
  expect(hasUnicode(env, platform, true)).toBe(expected);
});

it('a pipe takes any bytes, whatever the locale', () => {
  expect(hasUnicode({ LC_ALL: 'C' }, 'linux', false)).toBe(true);
});
