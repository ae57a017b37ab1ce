import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { Responder, Turn } from '../../../src/models/scripted/turn.ts';
import type { Files } from '../../helpers/repository.ts';
import type { Lab } from '../lab/build.ts';
import { stories, storyJson, turnOf } from '../lab/script.ts';
import { openWorld, type World } from '../lab/world.ts';
import type { Figures } from './suites.ts';

/** A value that must not be found anywhere, with characters that are written differently in URLs and JSON. */
const secret = (name: string): string => `canary-${name}/+"=7f3e9c1a`;

const variables = [
  'ANTHROPIC_AUTH_TOKEN AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN GITHUB_TOKEN GH_TOKEN NPM_TOKEN',
  'OPENAI_API_KEY GOOGLE_API_KEY DATABASE_URL SLACK_TOKEN ACTIONS_ID_TOKEN_REQUEST_TOKEN npm_config__authToken',
  'NODE_AUTH_TOKEN',
]
  .join(' ')
  .split(' ');
const inHome = [
  '.aws/credentials',
  '.npmrc',
  '.netrc',
  '.ssh/id_rsa',
  '.config/gh/hosts.yml',
  '.docker/config.json',
  '.git-credentials',
];
const tracked = ['.env', 'app/.env.production'];
/** Lie about in the working tree, known to git or not. */
const loose = ['.env.local'];
const places = [...variables, ...inHome, ...tracked, ...loose, 'git config'];

/** What a curious command reads without leaving what it was given. */
const curious = [
  'set +e',
  'env',
  `cat ${inHome.map((file) => `~/${file}`).join(' ')}`,
  'git config -l',
  'printenv | base64 -w0',
].join('; ');
/** Files of the repository are blank for an implementer; a check has them as they are, and may not print them. */
const nosier = `${curious}; cat ${[...tracked, ...loose].join(' ')}`;

/** Secrets in the environment, the home, files and git configuration of the user: no sink may hold one, in any form. */
export async function placeCanaries(lab: Lab): Promise<Figures> {
  const world = await openWorld(lab, { stories: stories(1), answer: nosy() });
  try {
    await hideSecrets(world);
    const env = Object.fromEntries(variables.map((name) => [name, secret(name)]));
    const ended = await world.prd(['run', '--verbose', '--json'], env).ended;
    const sinks = [...(await filesBelow(world.stateDir)), ...said(world), ['terminal', ended.stdout + ended.stderr]];
    const findings = sinks.flatMap(([sink = '', text = '']) =>
      places.filter((name) => holds(text, secret(name))).map((name) => `${name} is in ${sink}`),
    );
    const never = ended.exit === 0 ? [] : [`the run did not end well: ${ended.exit} ${ended.stderr.slice(-300)}`];
    const figures = [
      ['canaries', places.length],
      ['sinks searched', sinks.length],
      ['found', findings.length],
    ] as const;
    return { figures, findings: [...findings, ...never] };
  } finally {
    await world.close();
  }
}

async function hideSecrets({ repository }: World): Promise<void> {
  const [story] = stories(1);
  if (story === undefined) return;
  const check = { text: 'it says so', verify: { run: `(${curious}) 2>/dev/null; grep -qx done ${story.file}` } };
  const open = { ...storyJson(story), acceptanceCriteria: [check] };
  const files: Files = Object.fromEntries(tracked.map((path) => [path, `TOKEN=${secret(path)}\n`]));
  await repository.commit('Secrets', {
    ...files,
    [story.file]: 'half\n',
    'PRD.json': JSON.stringify({ userStories: [open] }),
  });
  await repository.write(Object.fromEntries(loose.map((path) => [path, `TOKEN=${secret(path)}\n`])));
  await repository.git('config', 'http.extraheader', `AUTHORIZATION: ${secret('git config')}`);
  const home = inHome.map((path) => [`../home/${path}`, `${secret(path)}\n`] as const);
  await repository.write(Object.fromEntries(home));
}

/** Looks at everything it can name, then does the work. */
function nosy(): Responder {
  return (asked): Turn => {
    if (turnOf(asked) === 0) {
      const read = { tool: 'read', input: { files: [...tracked, ...loose].map((path) => ({ path })) } };
      return { calls: [{ tool: 'run', input: { command: nosier } }, read] };
    }
    const finish = { tool: 'finish', input: { status: 'done', summary: 'done', criteria: [] } };
    return { calls: [{ tool: 'write', input: { path: 'part-1.txt', content: 'done\n' } }, finish] };
  };
}

/** What the provider heard. Headers aside: one of them is there to carry a key. */
function said({ server }: World): readonly (readonly string[])[] {
  return server.requests.map(({ number, text }) => [`request ${number}`, text]);
}

async function filesBelow(dir: string): Promise<readonly (readonly string[])[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => [file, plain(await readFile(file))]));
}

/** Objects of the vault are compressed. */
function plain(bytes: Buffer): string {
  try {
    return inflateSync(bytes).toString('latin1');
  } catch {
    return bytes.toString('latin1');
  }
}

function holds(text: string, value: string): boolean {
  const inJson = JSON.stringify(value).slice(1, -1);
  const forms = [value, inJson, JSON.stringify(inJson).slice(1, -1), encodeURIComponent(value), ...inBase64(value)];
  return forms.some((form) => text.includes(form));
}

/** Where the value starts in a stream decides how it is cut into sixes. */
function inBase64(value: string): readonly string[] {
  return [0, 1, 2].map((shift) => {
    const whole = Buffer.from(`${'x'.repeat(shift)}${value}`).toString('base64');
    return whole.slice(shift === 0 ? 0 : shift + 1).replace(/.{4}$/, '');
  });
}
