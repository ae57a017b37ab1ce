import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slug, statePaths } from '../../src/host/paths.ts';

describe('the folders of prd', () => {
  const usual = {
    stateHome: '/home/ada/.local/state/prd',
    cacheHome: '/home/ada/.cache/prd',
    configFile: '/home/ada/.config/prd/config.json',
  };

  it.each([
    ['are below the home by default', {}, usual],
    ['ignore empty values', { XDG_STATE_HOME: '', XDG_CACHE_HOME: '', XDG_CONFIG_HOME: '' }, usual],
    ['ignore relative values', { XDG_STATE_HOME: 'state', XDG_CACHE_HOME: './c', XDG_CONFIG_HOME: '../x' }, usual],
    [
      'follow the environment',
      { XDG_STATE_HOME: '/s', XDG_CACHE_HOME: '/c', XDG_CONFIG_HOME: '/x' },
      { stateHome: '/s/prd', cacheHome: '/c/prd', configFile: '/x/prd/config.json' },
    ],
  ])('%s', (_, env, expected) => {
    expect(statePaths(env, '/home/ada')).toEqual(expected);
  });
});

describe('a slug', () => {
  it.each([
    ['US-054', 'us-054-787e2f28'],
    ['Cart screen: total €', /^cart-screen-total-[0-9a-f]{8}$/],
    ['../../etc/passwd', /^etc-passwd-[0-9a-f]{8}$/],
    ['-D', /^d-[0-9a-f]{8}$/],
    ['CON', /^con-[0-9a-f]{8}$/],
    ['Ärger', /^arger-[0-9a-f]{8}$/],
    ['💡', /^[0-9a-f]{8}$/],
    ['', /^[0-9a-f]{8}$/],
    ['x'.repeat(300), /^x{40}-[0-9a-f]{8}$/],
  ])('of `%s` is readable', (text, expected) => {
    expect(slug(text)).toMatch(expected);
  });

  it('is a safe name for every text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => /^[a-z0-9][a-z0-9-]{0,48}$/.test(slug(text))));
  });

  it('tells texts apart that a file system may not', () => {
    const names = ['US-1', 'us-1', 'US 1', 'US_1', 'ÚS-1'].map(slug);
    expect(new Set(names).size).toBe(names.length);
  });
});
