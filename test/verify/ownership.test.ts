import { describe, expect, it } from 'vitest';
import { ownershipOf } from '../../src/verify/ownership.ts';
import { storyFrom } from './attempts.ts';

type Fields = Readonly<Record<string, unknown>>;

const owner = (path: string, present: boolean, fields: Fields, granted: readonly string[] = []) =>
  ownershipOf(storyFrom(fields), granted).ofPath(path, present);

describe('a protected path is owned', () => {
  it.each([
    ['by `owns`', 'Makefile', { owns: ['Makefile'] }, 'owns'],
    ['by a folder in `owns`', 'ci/deep/a.yml', { owns: ['ci/'] }, 'owns'],
    ['by a glob in `owns`, case folded', '.GitHub/workflows/CI.yml', { owns: ['.github/**'] }, 'owns'],
    ['by its title', 'Makefile', { title: 'Add a Makefile' }, 'text'],
    ['by its description', '.vscode/settings.json', { description: 'Put it into `.vscode/settings.json`.' }, 'text'],
    ['by a prose criterion', 'tsconfig.json', { acceptanceCriteria: ['tsconfig.json enables strict'] }, 'text'],
    ['with a leading dot and slash', 'Makefile', { title: 'Change ./Makefile' }, 'text'],
    ['at the end of a sentence', 'biome.json', { title: 'Tighten biome.json.' }, 'text'],
    ['not by a longer path that ends with it', 'tsconfig.json', { title: 'Edit packages/a/tsconfig.json' }, null],
    ['not by a shorter path', 'packages/a/tsconfig.json', { title: 'Edit tsconfig.json' }, null],
    ['not by a longer name', 'jest.config', { title: 'Edit jest.config.js' }, null],
    ['not by a sentence that wants it left alone', 'Makefile', { description: 'Do not change the Makefile.' }, null],
    ['not by its neighbour sentence', 'Makefile', { description: 'Change Makefile. Do not touch biome.json.' }, 'text'],
    ['not by notes, which bind nobody', 'Makefile', { notes: 'Change Makefile' }, null],
    ['not by a verify command', 'Makefile', { acceptanceCriteria: ['Verify: grep -q lint Makefile.am'] }, null],
  ])('%s', (_title, path, fields, expected) => {
    expect(owner(path, true, fields)).toBe(expected);
  });

  it('by a command only as long as it does not exist', () => {
    const fields = { acceptanceCriteria: ['Verify: grep -q push .github/workflows/ci.yml'] };
    expect(owner('.github/workflows/ci.yml', false, fields)).toBe('text');
    expect(owner('.github/workflows/ci.yml', true, fields)).toBeNull();
  });

  it('by the orchestrator for one attempt', () => {
    expect(owner('test/a.test.js', true, {}, ['test/**'])).toBe('granted');
  });

  it.each(['.prd/coaching.md', '.git/config', '.gitmodules', '.husky/pre-commit', 'sub/.git/config', '.PRD/x'])(
    'never: %s',
    (path) => {
      const fields = { owns: ['**', path], title: `Change ${path}` };
      expect(owner(path, false, fields, ['**'])).toBeNull();
    },
  );
});

describe('a test of the base is owned', () => {
  const ofTest = (fields: Fields) => ownershipOf(storyFrom(fields)).ofBaseTest('test/cart.test.js');
  it.each([
    ['when words ask for a change of it', { description: 'Update test/cart.test.js to the new rounding.' }, 'text'],
    ['when `owns` lists it', { owns: ['test/cart/**', 'test/cart.test.js'] }, 'owns'],
    ['not when it must pass', { acceptanceCriteria: ['All tests in test/cart.test.js pass'] }, null],
    ['not when it must keep passing', { description: 'Fix the bug; test/cart.test.js must still pass.' }, null],
    ['not when a case is added to it', { description: 'Add a case to test/cart.test.js' }, null],
    ['not when only a command names it', { acceptanceCriteria: ['Verify: node --test test/cart.test.js'] }, null],
  ])('%s', (_title, fields, expected) => {
    expect(ofTest(fields)).toBe(expected);
  });
});

describe('a key of a manifest is owned', () => {
  it.each([
    ['scripts.test', { owns: ['package.json#scripts.test'] }, 'owns'],
    ['scripts.test', { owns: ['package.json#scripts.*'] }, 'owns'],
    ['scripts.test', { owns: ['package.json'] }, 'owns'],
    ['scripts.build', { title: 'Change the `build` script to esbuild' }, 'text'],
    ['scripts.build', { title: 'Replace scripts.build by esbuild' }, 'text'],
    ['scripts.build', { title: 'Update the build script' }, 'text'],
    ['type', { title: 'Convert to ESM: set "type" to "module"' }, 'text'],
    ['type', { title: 'Change the type of a cart' }, null],
    ['scripts.test', { title: 'Add picomatch to package.json' }, null],
    ['scripts.build', { title: 'The build script must not change' }, null],
    ['scripts.test', { title: 'Change the build script' }, null],
    ['scripts.test', { acceptanceCriteria: ['npm test passes'] }, null],
  ])('%s by %j: %s', (key, fields, expected) => {
    expect(ownershipOf(storyFrom(fields)).ofKey('package.json', key)).toBe(expected);
  });
});
