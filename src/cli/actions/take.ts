import { PrdError } from '../../problem.ts';
import { printable } from '../../report/text.ts';
import type { TakeOptions } from '../commands/take.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findAttempts, pickAttempt } from '../story-attempts.ts';

/** Puts the work of an attempt on the branch `prd/<id>`. The checkout stays as it is. */
export async function runTake(options: TakeOptions, context: Context): Promise<ExitCode> {
  const found = await findAttempts(options.id, options.file ?? null, context);
  if (found.attempts.length === 0) {
    context.stdout.write(`${printable(options.id)}: nobody has tried it yet, so there is nothing to take\n`);
    return 1;
  }
  const { commit, started } = pickAttempt(found, options.attempt ?? null);
  if (commit === null) {
    context.stdout.write(`attempt ${started.attempt} changed no file, or has been removed by \`prd gc\`\n`);
    return 1;
  }
  const branch = branchFor(options.id);
  const { checkout } = found.open;
  if ((await checkout.tip(branch)) !== null) {
    throw new PrdError({
      code: 'edit-refused',
      file: branch,
      why: 'the branch is there already; rename or delete it first',
    });
  }
  if ((await checkout.moveBranch(branch, null, commit)) === 'lost') {
    throw new PrdError({ code: 'edit-refused', file: branch, why: 'somebody made the branch at the same moment' });
  }
  context.stdout.write(`attempt ${started.attempt} is on ${branch}: \`git switch ${branch}\`\n`);
  return 0;
}

/** Ids are data: what git would not take in a name becomes a dash. */
function branchFor(id: string): string {
  const safe = id
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return `prd/${safe === '' ? 'story' : safe}`;
}
