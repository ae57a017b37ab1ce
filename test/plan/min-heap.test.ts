import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MinHeap } from '../../src/plan/min-heap.ts';

it('numbers come out in ascending order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (numbers) => {
      const heap = new MinHeap(numbers);
      const out = numbers.map(() => heap.pop());
      expect(out).toEqual([...numbers].sort((a, b) => a - b));
      expect(heap.pop()).toBeUndefined();
    }),
  );
});
