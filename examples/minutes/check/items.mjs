// Holds the table of one part against the record: owner, action and deadline of every promise, and nothing else.
import { people, promisesIn, report, rowsOf } from './record.mjs';

const part = Number(process.argv[2]);
const promises = promisesIn(part);
const rows = rowsOf(part);
const faults = rows.flatMap((row) => {
  const promise = promises.find(({ line }) => line === row.line);
  if (promise === undefined) return [`line ${row.line}: the record has no deadline there`];
  return [ownerFault(row, promise), actionFault(row, promise), deadlineFault(row, promise)].filter(
    (fault) => fault !== null,
  );
});
const missing = promises.filter(({ line }) => !rows.some((row) => row.line === line));
report(
  [...faults, ...missing.map(({ line }) => `line ${line}: no row for this promise`)],
  `part ${part}: ${rows.length} action items`,
);

function ownerFault({ line, owner }, promise) {
  if (!people.has(owner)) return `line ${line}: ${owner} was not there`;
  return owner === promise.owner ? null : `line ${line}: ${owner} is not who does it`;
}

/** Its words are those of the record, whatever their endings. */
function actionFault({ line, action }, { said }) {
  const spoken = said.toLowerCase().match(/[a-z]+/g) ?? [];
  const words = action.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  const known = words.filter((word) => spoken.some((other) => other.startsWith(word.slice(0, 4))));
  return words.length >= 2 && known.length === words.length ? null : `line ${line}: "${action}" is not what was said`;
}

function deadlineFault({ line, deadline }, promise) {
  return deadline === promise.deadline ? null : `line ${line}: the deadline is not ${deadline}`;
}
