// Holds the list of all action items against the tables of the parts: none lost, none invented, sorted by owner and deadline.
import { existsSync, readFileSync } from 'node:fs';
import { parts, report, rowsOf } from './record.mjs';

const months = ['January', 'February', 'March', 'April'];
const text = existsSync('actions/all.md') ? readFileSync('actions/all.md', 'utf8') : '';
const faults = [];
const listed = [];
for (const section of text.split('\n## ').slice(1)) {
  const [owner, ...lines] = section.split('\n');
  const items = lines.flatMap((line) => {
    const found = /^- (\d+) (\w+): (.+) \(part (\d), line (\d+)\)$/.exec(line);
    return found
      ? [
          {
            day: Number(found[1]),
            month: months.indexOf(found[2]),
            action: found[3],
            key: `${owner} ${found[4]} ${found[5]}`,
          },
        ]
      : [];
  });
  const order = items.map(({ month, day }) => month * 100 + day);
  if (order.some((value, index) => value < (order[index - 1] ?? 0))) faults.push(`${owner}: not sorted by deadline`);
  listed.push(...items);
}
const wanted = parts.flatMap((part) => rowsOf(part).map(({ owner, line }) => `${owner} ${part} ${line}`));
for (const key of wanted) if (!listed.some((item) => item.key === key)) faults.push(`missing: ${key}`);
for (const { key } of listed) if (!wanted.includes(key)) faults.push(`not in any part: ${key}`);
if (wanted.length === 0) faults.push('no part has action items yet');
report(faults, `${listed.length} action items`);
