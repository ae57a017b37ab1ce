/** Runs actions one after the other, in the order of the calls; one that rejects does not stop the next. */
export function inTurn(): <T>(act: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const result = last.then(act, act);
    last = result.catch(() => {});
    return result;
  };
}
