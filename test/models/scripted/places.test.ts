import { expect, it } from 'vitest';
import { openPlaces } from '../../../src/models/scripted/places.ts';

it('gives no more places than there are, and gives one again that came back', () => {
  const places = openPlaces(2);
  expect([places.take(), places.take(), places.take()]).toEqual([true, true, false]);
  places.giveBack();
  expect([places.take(), places.take()]).toEqual([true, false]);
});
