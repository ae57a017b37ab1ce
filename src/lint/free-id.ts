/**
 * A story id that nobody has, in the style of the others (`US-001`), from a number on. It counts as taken from now on.
 */
export function freeId(from: number, taken: Set<string>): string {
  const known = [...taken].find((id) => styled.test(id));
  const style = known === undefined ? null : styled.exec(known);
  const [, prefix = 'US-', digits = '001'] = style ?? [];
  for (let n = from; ; n += 1) {
    const id = `${prefix}${String(n).padStart(digits.length, '0')}`;
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
}

const styled = /^([A-Za-z]{1,12}-)(\d{1,6})$/;
