import { describe, expect, it } from 'vitest';
import { clauseAt, passage, pinsAround, wordsOf } from '../../../src/lint/text/passage.ts';
import { decides } from '../../../src/lint/text/pin.ts';
import { readTerms } from '../../../src/lint/text/terms.ts';

describe('clauses', () => {
  it.each([
    ['Saves the draft; shows a note', ['Saves the draft', '; shows a note']],
    ['One line\nanother line', ['One line', '\nanother line']],
    ['It ends. Then it starts', ['It ends', '. Then it starts']],
    ['Version 1.2 is e.g. shown', ['Version 1.2 is e.g. shown']],
    ['Lists rows, but hides totals', ['Lists rows,', 'but hides totals']],
    ['Opens the menu and focuses the field', ['Opens the menu', 'and focuses the field']],
    ['Names and labels are bold', ['Names and labels are bold']],
    ['Fails — shows a note (red; bold)', ['Fails — shows a note (red; bold)']],
    ['Rejects it and exits 2', ['Rejects it and exits 2']],
  ])('of %s', (text, expected) => {
    const view = passage(text);
    expect(view.clauses.map(({ from, to }) => wordsOf(view, from, to))).toEqual(expected);
  });
});

describe('pins', () => {
  /** Whether something in the text decides the word `vague`. */
  function pinned(text: string): boolean {
    const view = passage(text);
    const at = view.tokens.findIndex(({ lower }) => lower === 'vague');
    const clause = clauseAt(view, at);
    return pinsAround(view, at)
      .filter(({ kind }) => kind !== 'name' && kind !== 'gloss')
      .some((pin) => decides(view.tokens, clause, pin, at, at + 1));
  }

  it.each([
    ['a vague answer within 200 ms', true],
    ['a vague ratio of 4.5:1', true],
    ["a vague text 'Try again'", true],
    ['a vague call of `save()` as `x`', true],
    ['a vague list: name, date, size', true],
    ['vague cases (empty, full)', true],
    ['vague — shows a note', true],
    ['vague → 409', true],
    ['vague handling by disabling the button', true],
    ['renders vague, shows the total', true],
    ['returns `null` in a vague way', true],
    // not pins
    ['vague in step 2', false],
    ['vague since US-012', false],
    ['vague as v2', false],
    ['vague, e.g. 20 rows', false],
    ['vague so that 20 rows fit', false],
    ['vague because of `x`', false],
    ['vague things (a, b, etc.)', false],
    ['`save()` is vague', false],
    ['src/a.ts has a vague name', false],
    ['a vague name in src/a.ts', false],
    ['a vague name, 20px wide', false],
    ['a vague name; 20px wide', false],
    ['it is vague', false],
  ])('decide "%s": %s', (text, expected) => {
    expect(pinned(text)).toBe(expected);
  });
});

describe('languages', () => {
  it.each([
    ['The button is shown to the user', 'en'],
    ['O botão não aparece na página', 'pt'],
    ['El botón se muestra con la lista', 'es'],
    ['Le bouton est dans la page avec les prix', 'fr'],
    ['Der Knopf ist für alle sichtbar und rot', 'de'],
    ['Il pulsante viene mostrato nella pagina', 'it'],
    ['Het menu wordt niet getoond', 'other'],
    ['按钮显示在页面上', 'zh'],
    ['ボタンを表示する', 'ja'],
    ['버튼이 보인다', 'ko'],
    ['Кнопка видна', 'ru'],
    ['Toast', null],
  ])('%s is %s', (text, language) => {
    expect(passage(text).language).toBe(language);
  });
});

describe('terms', () => {
  it('make words of the project never vague', () => {
    const text = 'Uses the clean architecture of the robust core';
    const rules = (terms: readonly string[]) => passage(text, readTerms(terms)).hits.get('vague-quality')?.length ?? 0;
    expect([rules([]), rules(['Clean Architecture']), rules(['clean architecture', 'robust core'])]).toEqual([2, 1, 0]);
  });
});
