import { describe, expect, it } from 'vitest';
import { loadConfig, type Sources } from '../../src/config/load.ts';
import { noNeeds } from '../../src/config/needs.ts';
import { defaultLimits } from '../../src/plan/limits.ts';
import { PrdError } from '../../src/problem.ts';

interface Said {
  readonly user?: object | string;
  readonly repo?: object | string;
  readonly env?: Record<string, string>;
  readonly flags?: Sources['flags'];
  readonly cores?: number;
}

function load({ user, repo, env = {}, flags, cores = 2 }: Said) {
  const file = (name: string, said: object | string | undefined) =>
    said === undefined ? null : { file: name, text: typeof said === 'string' ? said : JSON.stringify(said, null, 2) };
  const sources = { env, cores, user: file('config.json', user), repo: file('prd.config.json', repo) };
  return loadConfig(flags === undefined ? sources : { ...sources, flags });
}

function refused(said: Said): unknown {
  try {
    load(said);
    return null;
  } catch (error) {
    return error instanceof PrdError ? error.problem : error;
  }
}

describe('configuration', () => {
  it('without any source is the default', () => {
    expect(load({})).toEqual({
      ignored: [],
      config: {
        lint: {},
        limits: defaultLimits,
        protected: [],
        setup: null,
        needs: noNeeds,
        approvedNeeds: noNeeds,
        roles: {},
        models: {},
        baseUrl: null,
        implementer: 'builtin',
        sandbox: 'auto',
        notify: null,
        commit: { message: null },
        allowEnv: [],
      },
    });
  });

  it.each<[string, Said, string]>([
    ['a flag', { flags: { roles: { delegate: 'flag' } } }, 'flag'],
    ['a variable', {}, 'env'],
    ['the user', { env: {} }, 'user'],
    ['the repository', { env: {}, user: {} }, 'haiku'],
  ])('of the delegate comes from %s when nothing stronger speaks', (_, weaker, model) => {
    const said = {
      env: { PRD_DELEGATE: 'env' },
      user: { roles: { delegate: 'user' } },
      repo: { roles: { delegate: 'haiku' } },
      ...weaker,
    };
    expect(load(said).config.roles.delegate).toBe(model);
  });

  it('a flag that says nothing hides nothing', () => {
    const flags = { implementer: undefined, roles: { delegate: undefined }, limits: { runCostUsd: undefined } };
    const { config } = load({
      flags,
      env: { PRD_IMPLEMENTER: 'claude-code', PRD_DELEGATE: 'haiku', PRD_MAX_COST: '3' },
    });
    expect([config.implementer, config.roles.delegate, config.limits.runCostUsd]).toEqual(['claude-code', 'haiku', 3]);
  });

  it('limits come from the strongest source, each by itself', () => {
    const { limits } = load({
      repo: { limits: { runTokens: 1000, storyTokens: 50 } },
      user: { limits: { runCostUsd: 9, runTime: '2h' } },
      env: { PRD_MAX_COST: '5' },
      flags: { limits: { storyCostUsd: 1 } },
    }).config;
    expect(limits).toMatchObject({
      runCostUsd: 5,
      runWallMs: 7_200_000,
      runTokens: 1000,
      storyTokens: 50,
      storyCostUsd: 1,
    });
  });

  it.each([
    [1, { delegateAttempts: 1, orchestratorAttempts: { own: 1, takeOver: 0 } }],
    [2, { delegateAttempts: 1, orchestratorAttempts: { own: 1, takeOver: 1 } }],
    [3, { delegateAttempts: 2, orchestratorAttempts: { own: 2, takeOver: 1 } }],
    [5, { delegateAttempts: 4, orchestratorAttempts: { own: 4, takeOver: 1 } }],
  ])('%i attempts a story make a ladder', (attempts, ladder) => {
    expect(load({ user: { limits: { attempts } } }).config.limits).toMatchObject(ladder);
  });

  it('protected files of user and repository add up', () => {
    expect(load({ user: { protected: ['a'] }, repo: { protected: ['b'] } }).config.protected).toEqual(['a', 'b']);
  });
});

describe('a repository', () => {
  it('may lower a limit but not raise it, and is told so', () => {
    const { config, ignored } = load({ repo: { limits: { attempts: 9, runTime: '1h' } } });
    expect(config.limits).toEqual({ ...defaultLimits, runWallMs: 3_600_000 });
    expect(ignored).toMatchObject([{ setting: 'limits.attempts', why: 'loosens', at: { line: 3, column: 17 } }]);
  });

  it('may lower the checks that run at once, never above the cores of the machine', () => {
    const jobs = (verifyJobs: number) => load({ cores: 4, repo: { limits: { verifyJobs } } });
    expect([jobs(2), jobs(4), jobs(5)].map(({ config }) => config.limits.verifyJobs)).toEqual([2, 4, null]);
    expect(jobs(5).ignored).toMatchObject([{ setting: 'limits.verifyJobs', why: 'loosens' }]);
  });

  it.each([
    ['models', { opus: { baseUrl: 'https://evil.test' } }],
    ['sandbox', 'none'],
    ['implementer', 'claude-code'],
    ['commit', { message: 'x' }],
    ['allowEnv', ['AWS_SECRET_ACCESS_KEY']],
  ])('cannot set %s: it is ignored and named', (setting, value) => {
    const { config, ignored } = load({ repo: { [setting]: value } });
    expect(config).toEqual(load({}).config);
    expect(ignored).toMatchObject([{ file: 'prd.config.json', setting, why: 'not-yours', at: { line: 2 } }]);
  });

  it('is told of settings that nobody knows, wherever they stand', () => {
    const { config, ignored } = load({
      repo: { baseUrl: 'https://evil.test', lint: { terms: ['Smart Cart'], tems: [] } },
    });
    expect(config.lint).toEqual({ terms: ['Smart Cart'] });
    expect(ignored.map(({ setting, why }) => [setting, why])).toEqual([
      ['lint.tems', 'unknown'],
      ['baseUrl', 'unknown'],
    ]);
  });

  it('cannot bring its own model', () => {
    expect(refused({ repo: { roles: { delegate: 'evil-1' } } })).toMatchObject({
      code: 'unknown-model',
      model: 'evil-1',
    });
  });

  it('may use a model that the user has added', () => {
    expect(
      load({ user: { models: { local: { price: 'flat' } } }, repo: { roles: { delegate: 'local' } } }).config.roles,
    ).toEqual({
      delegate: 'local',
    });
  });

  it('asks for variables, and gets none of them by asking', () => {
    const { config } = load({ repo: { needs: { env: ['DATABASE_URL'] } }, user: { allowEnv: ['LANG'] } });
    expect(config).toMatchObject({ needs: { env: ['DATABASE_URL'] }, approvedNeeds: noNeeds, allowEnv: ['LANG'] });
  });

  it('gets what it asks for when the environment of prd says so', () => {
    const needs = { env: ['DATABASE_URL'], network: 'host', copy: ['.env.test', 'config/local.json'] } as const;
    expect(load({ repo: { needs }, env: { PRD_NEEDS: 'allow' } }).config.approvedNeeds).toEqual(needs);
  });

  it.each(['/etc/passwd', '../x', 'a/../../x', './x', '.git/config', 'sub/.GIT/hooks/x', '', 'a\\b', 'a\nb'])(
    'cannot ask for a copy of `%s`',
    (path) => {
      expect(refused({ repo: { needs: { copy: [path] } } })).toMatchObject({ code: 'bad-config' });
    },
  );

  it('asks for the network of the host or for none', () => {
    expect(refused({ repo: '{"needs": {"network": "all"}}' })).toMatchObject({ code: 'bad-config' });
  });

  it('may name `auto` as its sandbox, so that a flag takes a setting back', () => {
    expect(load({ user: { sandbox: 'guard' }, flags: { sandbox: 'auto' } }).config.sandbox).toBe('auto');
  });
});

describe('a mistake', () => {
  it('in the user file is refused with its position, because a misspelt setting would silently not count', () => {
    expect(refused({ user: '{\n  "sandbx": "os"\n}' })).toEqual({
      code: 'bad-config',
      file: 'config.json',
      what: '`sandbx` is no setting',
      at: { file: 'config.json', line: 2, column: 13 },
    });
  });

  it.each<[string, Said, object]>([
    [
      'a value of the wrong type',
      { repo: { lint: { maxWarnings: 'ten' } } },
      { code: 'bad-config', at: { line: 3, column: 20 } },
    ],
    ['a time without a unit', { user: { limits: { runTime: '90' } } }, { code: 'bad-config' }],
    ['a key in the place of its name', { user: { models: { opus: { apiKeyEnv: 1 } } } }, { code: 'bad-config' }],
    ['text that is no JSON', { repo: '{ "lint": ' }, { code: 'invalid-json' }],
    ['a key twice', { repo: '{ "lint": {}, "lint": {} }' }, { code: 'duplicate-key' }],
    [
      'an unusable variable',
      { env: { PRD_MAX_COST: 'lots' } },
      { code: 'usage', what: expect.stringContaining('PRD_MAX_COST') },
    ],
    ['an unknown sandbox', { env: { PRD_SANDBOX: 'vm' } }, { code: 'usage' }],
    ['a time that is none', { env: { PRD_MAX_TIME: 'soon' } }, { code: 'usage' }],
    ['no checks at once', { env: { PRD_VERIFY_JOBS: '0' } }, { code: 'usage' }],
  ])('such as %s is refused', (_, said, problem) => {
    expect(refused(said)).toMatchObject(problem);
  });

  it.each<[string, Said, string | null]>([
    ['a flag', { env: { PRD_NOTIFY: 'env' }, user: { notify: 'user' }, flags: { notify: 'flag' } }, 'flag'],
    ['a variable', { env: { PRD_NOTIFY: 'env' }, user: { notify: 'user' } }, 'env'],
    ['the user', { user: { notify: 'user' } }, 'user'],
    ['never the repository', { repo: { notify: 'repo' } }, null],
  ])('what happens at the end of a run is chosen by %s', (_, said, notify) => {
    expect(load(said).config.notify).toBe(notify);
  });

  it('an empty variable says nothing', () => {
    expect(load({ env: { PRD_MAX_COST: '', PRD_SANDBOX: '' } }).config).toEqual(load({}).config);
  });

  it('comments and trailing commas are none', () => {
    expect(load({ repo: '{ // ours\n "protected": ["x"], }' }).config.protected).toEqual(['x']);
  });
});
