import { expect, it } from 'vitest';
import { isPickedByItself, prdFileNames } from '../../src/prd/find.ts';

it('the names are tried in the order in which people use them', () => {
  expect(prdFileNames).toEqual([
    'PRD.json',
    'prd.json',
    '.ralph/prd.json',
    'scripts/ralph/prd.json',
    'ralph/prd.json',
    'tasks/prd.json',
  ]);
  expect(prdFileNames.every(isPickedByItself)).toBe(true);
});

it.each([
  ['prd.json.example', false],
  ['prd.template.json', false],
  ['prd-template.json', false],
  ['archive/prd.json', false],
  ['.archive/2025/prd.json', false],
  ['docs/history/PRD.json', false],
  ['archive.json', true],
  ['features/cart/prd.json', true],
])('%s is picked by itself: %s', (file, picked) => {
  expect(isPickedByItself(file)).toBe(picked);
});
