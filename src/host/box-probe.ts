import { randomUUID } from 'node:crypto';
import { existsSync, readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandResult, Commands } from './process.ts';
import { remove } from './remove.ts';
import type { Sandbox } from './sandbox.ts';
import { clearDead, tempPrefix } from './temp-name.ts';

/** Long enough for a loaded machine; the probe itself takes some 30 ms. */
const probeMs = 10_000;

/** Tries to get out of the box, as root too. Null: it holds. Else why it cannot be relied on, as a clause. */
export async function probeBox(box: Sandbox, commands: Commands, shell = '/bin/sh'): Promise<string | null> {
  const place = await makePlace();
  const server = createServer().listen(place.socket);
  try {
    const result = await commands.run({ ...attempt(box, place, shell), timeoutMs: probeMs });
    const report = await readFile(join(place.tree, 'report'), 'utf8').catch(() => null);
    if (report === null || result.exitCode !== 0) return `it does not start: ${lastWords(result)}`;
    const escapes = [...report.split('\n').filter(Boolean), ...outside(place)];
    return escapes.length === 0 ? null : `a command in it ${escapes.join(', ')}`;
  } finally {
    server.close();
    await remove(place.root);
  }
}

interface Place {
  readonly root: string;
  readonly tree: string;
  /** Shown read-only, as a toolchain is. */
  readonly beside: string;
  readonly socket: string;
  readonly canary: string;
}

async function makePlace(): Promise<Place> {
  await clearDead(tmpdir(), 'probe');
  const root = await realpath(await mkdtemp(join(tmpdir(), tempPrefix('probe'))));
  const inside = (name: string): string => join(root, name);
  const place = { root, tree: inside('tree'), beside: inside('beside'), socket: inside('s'), canary: randomUUID() };
  await mkdir(place.tree);
  await mkdir(place.beside);
  await writeFile(join(place.beside, 'file'), '');
  return place;
}

// The canary stands in the environment of a shell around the box: what a key in ours would be.
function attempt(box: Sandbox, { tree, beside, socket, canary }: Place, shell: string) {
  const mine = ['pid', 'net', 'ipc', 'user'].map((name) => readlinkSync(`/proc/self/ns/${name}`));
  const command = { file: shell, args: ['-c', escaping, 'probe', beside, socket, canary, ...mine], cwd: tree };
  const { file, args, cwd } = box.enclose(command, { writable: [tree], readable: [beside] });
  const env = { PATH: process.env.PATH ?? '', CANARY: canary };
  const outer = 'unset CANARY; "$@" 3>/dev/null\ncode=$?\nexit $code';
  return { file: shell, args: ['-c', outer, 'probe', file, ...args], cwd, env };
}

const escaping = `
beside=$1; socket=$2; canary=$3; shift 3
say() { echo "$1" >>report; }
: >report || exit 9
mount -o remount,rw,bind / 2>/dev/null && say 'mounted the root writable'
mount -o remount,rw,bind "$beside" 2>/dev/null && say 'mounted a folder writable'
{ echo x >"$beside/escaped"; } 2>/dev/null
umount "$beside" 2>/dev/null && say 'took a mount away'
ln "$beside/file" link 2>/dev/null && say 'linked a file from outside'
[ -e "$socket" ] && say 'saw a socket of the host'
grep -qaF "$canary" /proc/[0-9]*/environ 2>/dev/null && say 'read the environment of its parent'
for name in pid net ipc user; do
[ "$(readlink /proc/self/ns/$name)" = "$1" ] && say "shares the $name namespace"
shift
done
[ -w /proc/sys/kernel/core_pattern ] && say 'can change settings of the kernel'
grep -q '^CapEff:.*[1-9a-f]' /proc/self/status && say 'has capabilities'
grep -q '^NoNewPrivs:.*1' /proc/self/status || say 'can gain privileges'
exit 0
`;

function outside({ beside }: Place): readonly string[] {
  return existsSync(join(beside, 'escaped')) ? ['wrote outside'] : [];
}

function lastWords({ notStarted, stderr, signal, exitCode, timedOut }: CommandResult): string {
  const said = stderr.text.trim().split('\n').at(-1) ?? '';
  if (notStarted !== null) return notStarted;
  if (timedOut) return 'it hangs';
  return said === '' ? `exit ${exitCode ?? signal}` : said.replace(/^bwrap: /, '');
}
