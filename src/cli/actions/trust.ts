import { count } from '../../report/figures.ts';
import { align } from '../../report/text.ts';
import type { Approvals } from '../../verify/approval.ts';
import { dropApprovals, readApprovals } from '../approvals-file.ts';
import { visible } from '../asks-text.ts';
import type { TrustOptions } from '../commands/trust.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { openRepository } from '../open-repository.ts';

/** Tells or forgets what was approved in this repository. */
export async function runTrust({ action, json }: TrustOptions, context: Context): Promise<ExitCode> {
  const { state } = await openRepository(context, { never: [] });
  if (action === 'revoke') {
    await dropApprovals(state);
    context.stdout.write('nothing is approved in this repository any more\n');
    return 0;
  }
  const approvals = await readApprovals(state);
  context.stdout.write(
    json === true ? `${JSON.stringify({ version: 1, ...approvals }, null, 2)}\n` : trustText(approvals),
  );
  return 0;
}

function trustText({ always, approved }: Approvals): string {
  const rows = approved.map(({ kind, text, cwd, at }) => [
    kind,
    at.slice(0, 10),
    `${visible(text)}${cwd === null ? '' : ` (in ${visible(cwd)})`}`,
  ]);
  const covers = always
    ? ['always: later edits too, but for commands that change things outside or need the network']
    : [];
  const closing =
    approved.length + covers.length === 0
      ? 'nothing is approved in this repository; `prd run` asks'
      : `${count(approved.length, 'approval')}; \`prd trust revoke\` takes them back`;
  return [...align(rows), ...covers, closing].map((line) => `${line}\n`).join('');
}
