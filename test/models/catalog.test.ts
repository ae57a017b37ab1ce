import { describe, expect, it } from 'vitest';
import { aliases, catalog, defaultRoles, rosterOf } from '../../src/models/catalog.ts';
import { userModel } from '../../src/models/user-model.ts';

describe('the catalog', () => {
  it('lists no id twice', () => {
    const ids = catalog.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('stands every alias on a row whose price is known', () => {
    const priced = catalog.filter(({ price }) => price !== null).map(({ id }) => id);
    expect(Object.values(aliases).filter((id) => !priced.includes(id))).toEqual([]);
    expect(Object.keys(aliases)).toEqual(['opus', 'sonnet', 'haiku']);
  });

  it('gives both default roles an alias', () => {
    expect(Object.values(defaultRoles).every((name) => name in aliases)).toBe(true);
  });

  it('says where each price comes from and when it was read', () => {
    const prices = catalog.flatMap(({ price }) => (price === null || price === 'flat' ? [] : [price]));
    expect(prices.filter(({ source, asOf }) => source === '' || !/^\d{4}-\d{2}-\d{2}$/.test(asOf))).toEqual([]);
  });

  it.each([
    ['claude-opus-5-5', { in: 4, out: 20, cacheRead: 0.2, write5m: 5, write1h: 8 }],
    ['claude-opus-5', { in: 5, out: 25, cacheRead: 0.5, write5m: 6.25, write1h: 10 }],
    ['claude-opus-4-5', { in: 5, out: 25, cacheRead: 0.5, write5m: 6.25, write1h: 10 }],
    ['claude-fable-5-1', { in: 10, out: 50, cacheRead: 0.25, write5m: 12.5, write1h: 20 }],
    ['claude-fable-5', { in: 10, out: 50, cacheRead: 1, write5m: 12.5, write1h: 20 }],
    ['claude-sonnet-5', { in: 2, out: 10, cacheRead: 0.2, write5m: 2.5, write1h: 4 }],
    ['claude-sonnet-4-6', { in: 3, out: 15, cacheRead: 0.3, write5m: 3.75, write1h: 6 }],
    ['claude-haiku-4-5', { in: 1, out: 5, cacheRead: 0.1, write5m: 1.25, write1h: 2 }],
    ['gpt-5.2', { in: 1.75, out: 14, cacheRead: 0.175, write5m: 2.1875, write1h: 3.5 }],
    ['claude-sonnet-5-5', null],
    ['claude-haiku-5-5', null],
    ['claude-fable-5-2', null],
    ['claude-mythos-preview', null],
    ['gpt-6', null],
  ])('prices %s as listed, or not at all', (id, expected) => {
    const price = catalog.find((row) => row.id === id)?.price;
    if (expected === null) expect(price).toBeNull();
    else expect(price).toMatchObject(expected);
  });
});

describe('the roster', () => {
  it.each([
    ['opus', 'claude-opus-5-5'],
    ['sonnet', 'claude-sonnet-5'],
    ['haiku', 'claude-haiku-4-5'],
    ['orchestrator', 'claude-opus-5-5'],
    ['delegate', 'claude-sonnet-5'],
    ['claude-opus-4-8', 'claude-opus-4-8'],
    ['claude-sonnet-5-5', 'claude-sonnet-5-5'],
  ])('resolves %s to %s', (name, id) => {
    expect(rosterOf().resolve(name)).toBe(id);
  });

  it.each([
    'claude-sonnet-5-20270101',
    'claude-sonnet',
    'Sonnet',
    'opus ',
    '',
    'gpt-5',
    'constructor',
    '__proto__',
    'toString',
  ])('knows nobody called "%s"', (name) => {
    expect([rosterOf().resolve(name), rosterOf().entry(name)]).toEqual([null, null]);
  });

  it('offers roles, aliases and ids as names', () => {
    const { names } = rosterOf();
    expect(names.slice(0, 5)).toEqual(['orchestrator', 'delegate', 'opus', 'sonnet', 'haiku']);
    expect(names).toContain('claude-haiku-4-5');
    expect(names.filter((name) => name.startsWith('gpt'))).toEqual([]);
  });

  it('gives a role to whom the user says', () => {
    const roster = rosterOf({ roles: { delegate: 'haiku' } });
    expect(roster.roles).toEqual({ orchestrator: 'opus', delegate: 'haiku' });
    expect(roster.resolve('delegate')).toBe('claude-haiku-4-5');
  });

  it('leaves a role that nobody can play unresolved', () => {
    expect(rosterOf({ roles: { orchestrator: 'nobody' } }).resolve('orchestrator')).toBeNull();
  });

  it('sends every model without an endpoint of its own to the gateway', () => {
    const roster = rosterOf({ baseUrl: 'http://gateway', apiKeyEnv: 'GATEWAY_KEY' });
    expect(roster.entry('opus')?.endpoint).toEqual({
      baseUrl: 'http://gateway',
      apiKeyEnv: 'GATEWAY_KEY',
      auth: 'bearer',
      apiVersion: null,
    });
    expect(roster.resolve('gpt-5.4')).toBe('gpt-5.4');
  });

  it("moves an alias to another id, with that id's price", () => {
    const opus = rosterOf({ models: { opus: { id: 'claude-opus-4-8' } } }).entry('opus');
    expect(opus).toMatchObject({ id: 'claude-opus-4-8', price: { in: 5 } });
  });

  it("adds a model of the user's own, unpriced until a price is given", () => {
    const roster = rosterOf({ models: { local: { id: 'qwen-9', baseUrl: 'http://localhost:11434' } } });
    expect(roster.entry('local')).toMatchObject({ id: 'qwen-9', price: null });
    expect(roster.resolve('qwen-9')).toBe('qwen-9');
    expect(roster.names).toContain('local');
  });

  it("never sends the default key to an address of the model's own", () => {
    const roster = rosterOf({ models: { opus: { baseUrl: 'https://elsewhere.example' } } });
    expect(roster.entry('opus')?.endpoint).toMatchObject({ baseUrl: 'https://elsewhere.example', apiKeyEnv: '' });
    expect(roster.entry('sonnet')?.endpoint).toMatchObject({ apiKeyEnv: 'ANTHROPIC_API_KEY' });
  });

  it("keeps the address of a user's model when another entry builds on it", () => {
    const models = { mine: { id: 'mine-1', baseUrl: 'http://mine' }, fast: { id: 'mine-1', turnCap: 9 } };
    const fast = rosterOf({ models, baseUrl: 'http://gateway' }).entry('fast');
    expect(fast).toMatchObject({ turnCap: 9, endpoint: { baseUrl: 'http://mine' } });
  });

  it('knows a model served elsewhere once somebody says where', () => {
    const where = { 'gpt-5': { baseUrl: 'https://bridge.example', apiKeyEnv: 'BRIDGE_KEY' } };
    expect(rosterOf({ models: where }).entry('gpt-5')).toMatchObject({ price: { in: 1.25 }, endpoint: where['gpt-5'] });
    expect(rosterOf({ models: { 'gpt-5': { turnCap: 3 } } }).resolve('gpt-5')).toBeNull();
  });

  it('takes every override of the user', () => {
    const model = userModel.parse({
      price: { in: 1, out: 2 },
      priceAbove: { promptTokens: 100_000, in: 5, out: 10 },
      contextLimit: 50_000,
      turnCap: 80,
      minCacheablePrefix: 512,
      effort: ['low'],
      thinking: ['adaptive'],
      auth: 'x-api-key',
      apiVersion: '2023-06-01',
    });
    expect(rosterOf({ models: { sonnet: model } }).entry('sonnet')).toEqual({
      id: 'claude-sonnet-5',
      // No read price was given, so a read is not assumed to be cheaper.
      price: { in: 1, out: 2, cacheRead: 1, write5m: 1.25, write1h: 2, source: 'user config', asOf: 'unknown' },
      priceAbove: { promptTokens: 100_000, in: 5, out: 10, cacheRead: 5, write5m: 6.25, write1h: 10 },
      contextLimit: 50_000,
      turnCap: 80,
      minCacheablePrefix: 512,
      effort: ['low'],
      thinking: ['adaptive'],
      endpoint: {
        baseUrl: 'https://api.anthropic.com',
        apiKeyEnv: 'ANTHROPIC_API_KEY',
        auth: 'x-api-key',
        apiVersion: '2023-06-01',
      },
    });
  });

  it.each([
    [{ price: 'free' }],
    [{ price: { in: -1, out: 2 } }],
    [{ baseUrl: 'localhost' }],
    [{ apiKey: 'sk-secret' }],
    [{ turnCap: 0 }],
  ])('refuses %j as a model of user config', (value) => {
    expect(userModel.safeParse(value).success).toBe(false);
  });
});
