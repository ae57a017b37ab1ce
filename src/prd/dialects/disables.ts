import type { Disable, JsonPath } from '../prd.ts';
import { elementsOf, type Members, membersOf, textOf } from './members.ts';

/** Lint rules switched off in place: `"lint": { "disable": [{ "rule", "criterion", "reason" }] }`. */
export function readDisables(members: Members, path: JsonPath): readonly Disable[] {
  const lint = members.get('lint');
  const disable = membersOf(lint?.value).get('disable');
  if (lint === undefined || disable === undefined) return [];
  return elementsOf(disable.value).flatMap((node, index) => {
    const entry = membersOf(node);
    const rule = textOf(entry.get('rule')?.value);
    if (rule === null) return [];
    const place = [...path, lint.key, disable.key, index];
    return [
      {
        rule,
        criterion: textOf(entry.get('criterion')?.value),
        reason: textOf(entry.get('reason')?.value),
        path: place,
      },
    ];
  });
}
