/** Runs something for each item, two at a time: more would only make each of them slower. Results in the order of the items. */
export async function twoAtOnce<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at];
      if (item !== undefined) results[at] = await run(item);
    }
  };
  await Promise.all([work(), work()]);
  return results;
}
