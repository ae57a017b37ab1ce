import type { Story } from '../../prd/prd.ts';
import type { Rule, Spot } from '../rule.ts';
import type { WholeView } from '../view.ts';

export const dependencyCycle: Rule = {
  id: 'file/dependency-cycle',
  summary: 'stories that wait for each other, or for themselves',
  reason: 'none of them can ever start',
  bad: {
    stories: [
      { id: 'A-1', dependsOn: ['A-2'] },
      { id: 'A-2', title: 'Second', dependsOn: ['A-1'] },
    ],
  },
  good: {
    stories: [
      { id: 'A-1', dependsOn: ['A-2'] },
      { id: 'A-2', title: 'Second' },
    ],
  },
  severity: { delegate: 'error', orchestrator: 'error', unset: 'error' },
  fix: 'hint',
  check: { on: 'document', find },
};

/** One spot per circle, on its first story in document order. */
function find({ stories, byId }: WholeView): readonly Spot[] {
  const done = new Set<string>();
  return stories.flatMap(({ story }): Spot[] => {
    const circle = circleFrom(story, byId, done);
    if (circle === null) return [];
    return [
      {
        confidence: 'high',
        message: `depends on itself: ${[...circle, circle[0]].map((id) => `\`${id}\``).join(' → ')}`,
        hint: 'remove one of these dependencies',
        path: [...story.path, 'dependsOn'],
        about: story,
      },
    ];
  });
}

/** Walks the dependencies depth first without recursion. `done` holds the stories that lead to no new circle. */
function circleFrom(start: Story, byId: WholeView['byId'], done: Set<string>): readonly string[] | null {
  const path: string[] = [];
  const steps: { id: string; next: number }[] = [{ id: start.id, next: 0 }];
  let circle: readonly string[] | null = null;
  while (steps.length > 0) {
    const step = steps.at(-1) as { id: string; next: number };
    if (step.next === 0) path.push(step.id);
    const needed = byId.get(step.id)?.dependsOn[step.next];
    step.next += 1;
    if (needed === undefined || done.has(step.id)) {
      done.add(step.id);
      path.pop();
      steps.pop();
    } else if (path.includes(needed)) circle ??= path.slice(path.indexOf(needed));
    else if (!done.has(needed)) steps.push({ id: needed, next: 0 });
  }
  return circle;
}
