import { describe, expect, it } from 'vitest';
import { type KnownCommands, refuseCommand } from '../../src/spec/accept-command.ts';

const known: KnownCommands = {
  used: [
    'node --test test/a.test.js',
    'npm test',
    'npx vitest run',
    'pytest tests/test_x.py',
    'cd web && flutter test',
    'tsc --noEmit',
  ],
  scripts: new Set(['lint', 'check:types']),
  exists: (path) => ['test/a.test.js', 'test/b.test.js', 'tests/test_y.py'].includes(path),
};

describe('a command that a model suggests', () => {
  it.each([
    'node --test test/b.test.js',
    'npm test',
    'npm test -- cart',
    'npm run lint',
    'pnpm run check:types',
    'vitest run',
    'npx vitest run test/b.test.js',
    'pytest tests/test_y.py',
    'tsc --noEmit && npm run lint',
    'npm test -- --grep "total (cents)"'.replace(/[()]/g, ''),
  ])('%s is one the project runs', (command) => {
    expect(refuseCommand(command, known)).toBeNull();
  });

  it.each([
    ['node --test test/none.test.js', '`test/none.test.js` is not there'],
    ['node -e "process.exit(0)"', 'more than plain calls joined by &&'],
    ['node --eval 0', '`--eval` has no place in a check'],
    ['node script.js', 'the project does not run `node`'],
    ['jest', 'the project does not run `jest`'],
    ['npm run build', 'the project does not run `npm run`'],
    ['npm test || true', 'more than plain calls joined by &&'],
    ['npm test & ', 'more than plain calls joined by &&'],
    ['npm test > out.txt', 'more than plain calls joined by &&'],
    ['npm test; ls', 'more than plain calls joined by &&'],
    ['npm test $(whoami)', 'more than plain calls joined by &&'],
    ['npm test `id`', 'more than plain calls joined by &&'],
    ['sudo npm test', '`sudo` has no place in a check'],
    ['PATH=/evil npm test', '`PATH=/evil` has no place in a check'],
    ['npm publish', '`publish` has no place in a check'],
    ['npm test && git push', '`push` has no place in a check'],
    ['npx vitest run -u', '`-u` has no place in a check'],
    ['npx vitest run --passWithNoTests', '`--passWithNoTests` has no place in a check'],
    ['curl -f https://example.com', '`curl` has no place in a check'],
    ['true', '`true` has no place in a check'],
    ['', 'it starts no program'],
  ])('%s is refused: %s', (command, why) => {
    expect(refuseCommand(command, known)).toBe(why);
  });
});
