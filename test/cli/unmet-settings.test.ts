import { expect, it } from 'vitest';
import { unmetSettings } from '../../src/cli/unmet-settings.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';

const { config } = loadConfig({ env: {}, user: null, repo: null });

it.each<[string, Partial<Config>, readonly object[]]>([
  ['nothing', {}, []],
  ['the sandbox that there is', { sandbox: 'guard' }, []],
  ['a stronger sandbox than there is', { sandbox: 'os' }, [{ code: 'sandbox-unavailable', level: 'os' }]],
  ['variables that the user allows', { needsEnv: ['A', 'B'], allowEnv: ['B', 'A'] }, []],
  [
    'a variable that nobody has allowed',
    { needsEnv: ['A', 'B'], allowEnv: ['A'] },
    [{ code: 'approval-needed', what: ['checks want to see the variable B'] }],
  ],
])('a run that is asked for %s starts only if it can keep that', (_, asked, problems) => {
  expect(unmetSettings({ ...config, ...asked })).toEqual(problems.map((one) => expect.objectContaining(one)));
});
