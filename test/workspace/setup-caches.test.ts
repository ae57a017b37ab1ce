import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setupAccess } from '../../src/workspace/setup-caches.ts';
import { tempFolder } from '../host/temp-folder.ts';

describe('what setup reaches in a sandbox', () => {
  const access = (home: string, command: string, env: Readonly<Record<string, string>> = {}) => {
    const { writable = [], ...rest } = setupAccess({ HOME: home, ...env }, command);
    return { ...rest, writable: writable.map((path) => path.replace(`${home}/`, '')) };
  };

  it.each([
    ['npm ci --no-audit', ['.npm']],
    ['pnpm install --frozen-lockfile', ['.local/share/pnpm/store', '.cache/node/corepack']],
    ['go mod download', ['go/pkg/mod']],
    ['cargo fetch --locked', ['.cargo/registry', '.cargo/git']],
    ['dart pub get', ['.pub-cache/hosted', '.pub-cache/git', '.pub-cache/hosted-hashes']],
    ['poetry install', ['.cache/uv', '.cache/pip', '.cache/pypoetry']],
  ])('by `%s` are the caches of that package manager, made if they are missing', (command, expected) => {
    const home = tempFolder();
    expect(access(home, command)).toMatchObject({ network: true, writable: expected });
    expect(expected.every((path) => existsSync(join(home, path)))).toBe(true);
  });

  it('by a command of which nobody knows what it starts are the caches that are there', () => {
    const home = tempFolder();
    mkdirSync(join(home, '.npm'));
    mkdirSync(join(home, '.cargo/registry'), { recursive: true });
    expect(access(home, './tools/prepare.sh').writable).toEqual(['.npm', '.cargo/registry']);
  });

  it('is never a toolchain itself', () => {
    const home = tempFolder();
    mkdirSync(join(home, '.cargo/bin'), { recursive: true });
    expect(access(home, 'cargo fetch').writable).not.toContain('.cargo');
  });

  it('is the settings of the package manager and certificates, to read', () => {
    const home = tempFolder();
    const file = join(home, 'ca.pem');
    writeFileSync(file, '');
    const { readable } = access(home, 'npm ci', { NODE_EXTRA_CA_CERTS: file, HTTPS_PROXY: 'http://proxy' });
    expect(readable).toEqual([join(home, '.npmrc'), file]);
  });

  it('is the network alone without a home', () => {
    expect(setupAccess({}, 'npm ci')).toEqual({ network: true, writable: [], readable: [] });
  });
});
