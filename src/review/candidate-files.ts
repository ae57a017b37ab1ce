import type { FileRange, Reading } from '../spec/orchestrator.ts';
import { readTexts } from '../spec/read-texts.ts';
import type { Oid, Vault } from '../workspace/workspace.ts';
import { linesOf } from './changed-file.ts';

const maxLinesRead = 400;
const maxCharactersRead = 16_000;
/** Keys and the like are nobody's to read, even where somebody committed them. */
const secret =
  /(?:^|\/)(?:\.env(?!.*\.(?:example|sample|template)$)[^/]*|id_(?:rsa|dsa|ecdsa|ed25519)|[^/]*\.(?:pem|key|p12|pfx|jks|keystore))$|(?:^|\/)\.(?:ssh|aws|gnupg)\//i;

/** Files of the candidate for a reviewer: two turns, six ranges in all, numbered lines. */
export function candidateReading(vault: Vault, candidate: Oid): Reading {
  return { turns: 2, ranges: 6, read: (range) => readRange(vault, candidate, range) };
}

async function readRange(vault: Vault, candidate: Oid, { path, start = 1, end }: FileRange): Promise<string> {
  const plain = path.replace(/^(?:\.\/)+/, '');
  if (secret.test(plain)) return `${plain} may not be read`;
  const text = (await readTexts(vault, candidate, [plain])).get(plain);
  if (text === undefined) return `there is no text file ${plain}`;
  const lines = linesOf(text);
  const to = Math.min(end ?? lines.length, lines.length, start + maxLinesRead - 1);
  if (start > to) return `${plain} has ${lines.length} lines`;
  const shown = lines.slice(start - 1, to).map((line, index) => `${start + index}\t${line}`);
  const all = shown.join('\n');
  const rest = all.length > maxCharactersRead ? `\n[cut: ${all.length - maxCharactersRead} more characters]` : '';
  return `${plain} lines ${start}-${to} of ${lines.length}\n${all.slice(0, maxCharactersRead)}${rest}`;
}
