import { describe, expect, it } from 'vitest';
import { type ChildEnvironmentOptions, childEnvironment, safePath } from '../../src/host/environment.ts';
import { neverPassed } from '../../src/host/never-passed.ts';

const nothing: ChildEnvironmentOptions = {
  parent: {},
  home: '/w/home',
  tmp: '/w/tmp',
  story: null,
  exists: () => false,
};

const fixed = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: '/w/home',
  TMPDIR: '/w/tmp',
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  TERM: 'dumb',
  CI: '1',
  NO_COLOR: '1',
  USER: 'prd',
  LOGNAME: 'prd',
  SHELL: '/bin/sh',
  npm_config_update_notifier: 'false',
  npm_config_fund: 'false',
};

describe('the environment of a child', () => {
  it('is this, when nothing was found, listed or said', () => {
    expect(childEnvironment(nothing)).toEqual(fixed);
  });

  it('holds nothing of ours that is not listed', () => {
    const parent = {
      HOME: '/home/ada',
      ANTHROPIC_API_KEY: 'k',
      AWS_SECRET_ACCESS_KEY: 's',
      EDITOR: 'vi',
      TZ: 'Asia/Tokyo',
    };
    expect(childEnvironment({ ...nothing, parent })).toEqual(fixed);
  });

  it('names the story and the job', () => {
    expect(childEnvironment({ ...nothing, story: 'US-1', marker: 'attempt-1' })).toEqual({
      ...fixed,
      PRD_STORY: 'US-1',
      PRD_JOB: 'attempt-1',
    });
  });

  it('holds what the user listed, as far as it exists', () => {
    const parent = { DATABASE_URL: 'postgres://localhost', OTHER: 'x' };
    const environment = childEnvironment({ ...nothing, parent, allow: ['DATABASE_URL', 'MISSING'] });
    expect(environment).toEqual({ ...fixed, DATABASE_URL: 'postgres://localhost' });
  });

  it('keeps its own values even if the user lists their names', () => {
    const parent = { HOME: '/home/ada', TZ: 'Asia/Tokyo', CI: '', TERM: 'xterm', SHELL: '/bin/zsh' };
    expect(childEnvironment({ ...nothing, parent, allow: Object.keys(parent) })).toEqual(fixed);
  });

  it('holds no key of a model in use, listed or not', () => {
    const parent = { OPENROUTER_KEY: 'k' };
    const environment = childEnvironment({ ...nothing, parent, allow: ['OPENROUTER_KEY'], never: ['OPENROUTER_KEY'] });
    expect(environment).toEqual(fixed);
  });
});

describe('a toolchain home', () => {
  it.each([
    ['is the one that is set', { HOME: '/home/ada', RUSTUP_HOME: '/opt/rustup' }, { RUSTUP_HOME: '/opt/rustup' }],
    ['is the usual one', { HOME: '/home/ada' }, { RUSTUP_HOME: '/home/ada/.rustup' }],
    ['is left out if it is relative', { RUSTUP_HOME: 'rustup' }, {}],
    ['is left out without a home', {}, {}],
  ])('%s', (_, parent, expected) => {
    const exists = (folder: string) => folder.endsWith('rustup');
    expect(childEnvironment({ ...nothing, parent, exists })).toEqual({ ...fixed, ...expected });
  });

  it('is left out if it is not there', () => {
    expect(childEnvironment({ ...nothing, parent: { JAVA_HOME: '/opt/java' } })).toEqual(fixed);
  });
});

describe('the search path', () => {
  it.each([
    ['/usr/bin:/bin', '/usr/bin:/bin'],
    ['.:/usr/bin', '/usr/bin'],
    [':/usr/bin:', '/usr/bin'],
    ['bin:./x:../y:/usr/bin', '/usr/bin'],
    ['/repo/node_modules/.bin:/home/ada/node_modules/.bin:/usr/bin', '/usr/bin'],
    ['/repo:/repo/bin:/repository/bin:/usr/bin', '/repository/bin:/usr/bin'],
    ['/usr/../repo/bin:/usr/bin', '/usr/bin'],
    ['/usr/bin:/usr/bin', '/usr/bin'],
    ['', '/usr/local/bin:/usr/bin:/bin'],
    ['.', '/usr/local/bin:/usr/bin:/bin'],
  ])('of `%s` is `%s`', (path, expected) => {
    expect(safePath(path, ['/repo'])).toBe(expected);
  });
});

describe('never passed, even if listed', () => {
  it.each([
    'NODE_OPTIONS',
    'LD_PRELOAD',
    'LD_LIBRARY_PATH',
    'DYLD_INSERT_LIBRARIES',
    'BASH_ENV',
    'ENV',
    'PROMPT_COMMAND',
    'BASH_FUNC_x%%',
    'GIT_DIR',
    'GIT_SSH_COMMAND',
    'npm_config_registry',
    'NPM_CONFIG__AUTH',
    'PYTHONSTARTUP',
    'PYTHONPATH',
    'RUBYOPT',
    'PERL5OPT',
    'JAVA_TOOL_OPTIONS',
    'SSH_AUTH_SOCK',
    'DOCKER_HOST',
    'GITHUB_ENV',
    'GITHUB_PATH',
    'GITHUB_OUTPUT',
    'GITHUB_STATE',
    'GITHUB_STEP_SUMMARY',
    'GITHUB_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ANTHROPIC_API_KEY',
    'PRD_TRUST',
    'PATH',
    'HOME',
  ])('%s', (name) => {
    expect(neverPassed(name, 'x')).toBe(true);
    expect(childEnvironment({ ...nothing, parent: { [name]: '/x' }, allow: [name] })).toEqual({
      ...fixed,
      PATH: name === 'PATH' ? '/x' : fixed.PATH,
    });
  });

  it.each([
    ['http://proxy:8080', false],
    ['proxy:8080', false],
    ['http://ada:pw@proxy:8080', true],
    ['ada:pw@proxy:8080', true],
    ['http://proxy:8080/path@x', false],
  ])('a proxy `%s` with credentials', (value, never) => {
    expect([neverPassed('HTTPS_PROXY', value), neverPassed('http_proxy', value)]).toEqual([never, never]);
  });
});
