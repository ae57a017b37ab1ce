import type { Node } from 'jsonc-parser';
import { complexityKeys, executorKeys } from './keys.ts';
import { firstMember, type Members, textOf } from './members.ts';

const words: Readonly<Record<string, 'low' | 'medium' | 'high'>> = {
  ...all('low', 'low simple trivial easy small s xs'),
  ...all('medium', 'medium moderate m normal'),
  ...all('high', 'high complex hard large l xl'),
};

/** `low`, `medium` or `high`, from the fields that hint at it: a hint about routing and nothing else. */
export function readComplexity(members: Members): string | null {
  const hint = firstMember(members, complexityKeys);
  const level = hint === null ? null : levelOf(hint.value);
  if (level !== null) return level;
  const executor = textOf(firstMember(members, executorKeys)?.value);
  return executor !== null && /architect/i.test(executor) ? 'high' : null;
}

/** Words and T-shirt sizes; numbers from 1 to 10. Hours say nothing about judgment. */
function levelOf(node: Node): string | null {
  if (node.type === 'number') return scale(Number(node.value));
  const word = textOf(node)?.trim().toLowerCase() ?? '';
  return Object.hasOwn(words, word) ? (words[word] ?? null) : null;
}

function scale(value: number): string | null {
  if (!(value >= 1 && value <= 10)) return null;
  if (value <= 3) return 'low';
  return value <= 6 ? 'medium' : 'high';
}

function all(level: 'low' | 'medium' | 'high', list: string): Record<string, 'low' | 'medium' | 'high'> {
  return Object.fromEntries(list.split(' ').map((word) => [word, level]));
}
