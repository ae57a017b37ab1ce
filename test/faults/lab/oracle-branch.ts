import { checkPrd } from '../../../src/land/gate.ts';
import { parsePrd } from '../../../src/prd/parse.ts';
import type { Prd } from '../../../src/prd/prd.ts';
import type { TemporaryRepository } from '../../helpers/repository.ts';
import type { Ledger } from './oracle.ts';
import { done } from './script.ts';
import type { Finding } from './tally.ts';

/** V1 and V8: what the branch claims is true and bound, and each story stands in one commit on one line. */
export async function branchFindings(repo: TemporaryRepository, ledger: Ledger): Promise<readonly Finding[]> {
  const tip = await readTip(repo);
  if (tip === null) return [{ column: 'torn files', detail: 'the PRD on the branch cannot be read' }];
  return [...falsePasses(tip, ledger), ...(await commitFindings(repo, tip, ledger))];
}

interface Tip {
  readonly prd: Prd;
  readonly blobs: ReadonlyMap<string, string>;
  readonly texts: ReadonlyMap<string, string>;
}

/** Null when the PRD is there and is none. A branch without one claims nothing. */
async function readTip({ git }: TemporaryRepository): Promise<Tip | null> {
  const listing = (await git('ls-tree', '-r', 'main')).split('\n').filter(Boolean);
  const blobs = new Map(
    listing.map((line) => {
      const [meta = '', path = ''] = line.split('\t');
      return [path, meta.split(' ')[2] ?? ''] as const;
    }),
  );
  const texts = new Map<string, string>();
  for (const path of blobs.keys()) {
    if (/^(PRD\.json|\.prd\/evidence\/.*|part-\d+\.txt)$/.test(path))
      texts.set(path, `${await git('show', `main:${path}`)}\n`);
  }
  const read = parsePrd(texts.get('PRD.json') ?? '{"userStories":[]}', 'PRD.json');
  return read.kind === 'read' ? { prd: read.document.prd, blobs, texts } : null;
}

function falsePasses({ prd, blobs, texts }: Tip, { stories }: Ledger): readonly Finding[] {
  const claimed = new Set(prd.stories.filter(({ passes }) => passes).map(({ id }) => id));
  const untrue = stories.filter(
    ({ id, file, honest }) => claimed.has(id) && (!honest || !texts.get(file)?.startsWith(done)),
  );
  const evidence = new Map([...texts].filter(([path]) => path.startsWith('.prd/evidence/')));
  const rules = { stories: null, allPass: false, minPercent: null, require: null, requireSandbox: null, strict: true };
  const gate = checkPrd({ prd, head: { blobs, prdPath: 'PRD.json' }, evidence, base: null, rules });
  return [
    ...untrue.map(({ id }): Finding => ({ column: 'false passes', detail: `${id} passes and is not done` })),
    ...gate.findings.map((finding): Finding => ({ column: 'false passes', detail: JSON.stringify(finding) })),
  ];
}

async function commitFindings(
  { git }: TemporaryRepository,
  { prd, texts }: Tip,
  ledger: Ledger,
): Promise<readonly Finding[]> {
  const log = await git('log', '--format=%x00%P%x1f%s', '--name-only', `${ledger.start}..main`);
  const commits = log
    .split('\0')
    .filter(Boolean)
    .map((entry) => {
      const [head = '', ...files] = entry.split('\n').filter(Boolean);
      const [parents = '', subject = ''] = head.split('\x1f');
      return { merge: parents.includes(' '), subject, files };
    });
  const findings: Finding[] = [];
  for (const { id, passes } of prd.stories) {
    const own = commits.filter(({ subject }) => subject.startsWith(`${id}: `));
    if (own.length !== (passes ? 1 : 0))
      findings.push({ column: 'double landings', detail: `${id} has ${own.length} commits` });
    const whole = own.every(
      ({ files }) => files.includes('PRD.json') && files.some((file) => file.startsWith('.prd/evidence/')),
    );
    if (!whole && texts.has('PRD.json'))
      findings.push({ column: 'double landings', detail: `the commit of ${id} lacks flip or evidence` });
  }
  const strange = commits.filter((commit) => commit.merge || !(/^US-\d+: /.test(commit.subject) || isLesson(commit)));
  return [
    ...findings,
    ...strange.map(
      ({ subject }): Finding => ({ column: 'double landings', detail: `a commit of no kind we know: ${subject}` }),
    ),
  ];
}

/** What reviews taught: that file alone. */
function isLesson({ subject, files }: { readonly subject: string; readonly files: readonly string[] }): boolean {
  return subject === 'Learn from reviews' && files.join() === '.prd/coaching.md';
}
