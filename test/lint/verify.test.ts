import { describe, expect, it } from 'vitest';
import { ids, lintCriterion, lintStory, lintText, repoFacts, storiesText } from './lint-text.ts';

/** Verify findings on one command, given in the object form that needs no grammar. */
function found(run: string, expect: object = {}): readonly string[] {
  const { findings } = lintStory({ acceptanceCriteria: [{ text: 'It runs', verify: { run, ...expect } }] });
  return ids(findings).flatMap((id) => (id.startsWith('verify/') ? [id.slice('verify/'.length)] : []));
}

describe('commands', () => {
  it.each([
    ['npm test', []],
    ['npm test | tail -5', []],
    ['cd web && npm test', []],
    ['npx vitest run test/cart', []],
    ['test -f dist/app.js', []],
    ['curl -f localhost:3000/health', []],
    ['curl -f http://127.0.0.1:8080/', []],
    ['rm -rf dist && npm run build', []],
    ['git diff --exit-code', []],
    ['docker compose up -d', []],
    ['terraform validate', []],
    ['timeout 5 npm run dev', []],
    ['grep -rn "npm run dev" docs', []],
    // the exit code is hidden
    ['npm test || true', ['masked-exit']],
    ['npm test || :', ['masked-exit']],
    ['npm test || exit 0', ['masked-exit']],
    ['npm test; echo done', ['masked-exit']],
    ['set +e; npm test', ['masked-exit']],
    ['npx jest --passWithNoTests', ['masked-exit']],
    // it cannot fail
    ['true', ['vacuous']],
    ['echo ok', ['vacuous']],
    ['exit 0', ['vacuous']],
    ['node --version', ['vacuous']],
    ['ls', ['vacuous']],
    ['git status', ['vacuous']],
    // it never ends
    ['npm run dev', ['not-terminating']],
    ['npm start', ['not-terminating']],
    ['npx vitest --watch', ['not-terminating']],
    ['tail -f app.log', ['not-terminating']],
    ['python3 -m http.server', ['not-terminating']],
    ['docker compose up', ['not-terminating']],
    ['docker run -it app', ['not-terminating']],
    // it needs the network
    ['curl -f https://example.com/health', ['network']],
    ['gh run list --limit 1', ['network']],
    ['git fetch origin', ['network']],
    // it changes the world
    ['git push origin main', ['destructive']],
    ['npm publish', ['destructive']],
    ['npm run deploy', ['destructive']],
    ['rm -rf src', ['destructive']],
    ['git reset --hard HEAD', ['destructive']],
    ['terraform apply', ['destructive']],
    ['psql -c "DROP TABLE users"', ['destructive']],
    // it belongs to one machine
    ['cd ~/shop && npm test', ['outside-repository']],
    ['bash /home/ada/check.sh', ['outside-repository']],
    // it prepares
    ['npm install', ['not-a-check']],
    ['mkdir -p out && touch out/a', ['not-a-check']],
  ])('%s: %j', (run, expected) => {
    expect(found(run)).toEqual(expected);
  });

  it('that may print something else can fail', () => {
    expect(found('node --version', { expect: { stdout: 'v20' } })).toEqual([]);
    expect(found('true', { expect: { exit: 1 } })).toEqual([]);
  });

  it('of named checks are looked at too', () => {
    const text = storiesText([{ acceptanceCriteria: ['Tests pass'] }], { checks: { test: 'npm test || true' } });
    const finding = lintText(text).findings.find(({ rule }) => rule === 'verify/masked-exit');
    expect([finding?.story, finding?.path]).toEqual([null, ['checks', 'test']]);
  });

  it('are matched where they stand in the criterion', () => {
    const criterion = 'Run `npm test || true` — exits 0';
    const finding = lintCriterion(criterion).find(({ rule }) => rule === 'verify/masked-exit');
    expect(finding?.matches.map(({ offset, length }) => criterion.slice(offset, offset + length))).toEqual(['|| true']);
  });
});

describe('what the repository lacks', () => {
  const repo = repoFacts({
    scripts: new Set(['test', 'test:e2e']),
    targets: new Set(['check']),
    paths: new Set(['scripts/smoke.sh', 'package.json']),
  });

  it.each([
    ['npm run test:e2e', []],
    ['npm run e2e', ['package.json has no script `e2e`']],
    ['make check', []],
    ['make chekc', ['make has no target `chekc`']],
    ['bash scripts/smoke.sh', []],
    ['bash scripts/smok.sh', ['the project has no file `scripts/smok.sh`']],
  ])('%s: %j', (run, messages) => {
    const { findings: all } = lintStory({ acceptanceCriteria: [{ text: 'It runs', verify: { run } }] }, { repo });
    const findings = all.filter(({ rule }) => rule === 'verify/unknown-command');
    expect(findings.map(({ message }) => message)).toEqual(messages);
  });

  it('may be made by the same story', () => {
    const criteria = ['Add scripts/import.sh, which loads the rows', 'bash scripts/import.sh passes'];
    expect(ids(lintStory({ acceptanceCriteria: criteria }, { repo }).findings)).not.toContain('verify/unknown-command');
  });

  it('decides what a named check is guessed to be', () => {
    const hint = (facts: object) =>
      lintCriterion('Typecheck passes', { repo: repoFacts(facts) }).find(
        ({ rule }) => rule === 'verify/unresolved-check',
      )?.hint;
    expect(hint({ scripts: new Set(['type-check']) })).toContain('"typecheck": "npm run type-check"');
    expect(hint({ paths: new Set(['Cargo.toml']) })).toContain('"typecheck": "cargo check"');
    expect(hint({})).toContain('"typecheck": "<command>"');
  });
});

describe('the proof of a story', () => {
  const prose = "`CartView` shows 'Sold out'";

  it.each([
    ['is missing', [prose], ['verify/missing']],
    ['is a phrase without a command', [prose, 'Tests pass'], ['verify/unresolved-check']],
    ['is a command', [prose, 'npm test passes'], []],
    ['stands first', ['npm test passes', prose], ['verify/not-last']],
    ['is static only', [prose, 'npx tsc --noEmit passes'], ['verify/only-static']],
    ['is prose behind Verify', [prose, 'Verify: the cart is nice'], ['verify/missing', 'verify/prose']],
    ['has a remark', [prose, 'Verify: npm test — the log is short'], ['verify/unchecked-expectation']],
  ])('%s', (_, criteria, expected) => {
    const { findings } = lintStory({ acceptanceCriteria: criteria });
    expect(ids(findings).filter((id) => id.startsWith('verify/'))).toEqual(expected);
  });
});
