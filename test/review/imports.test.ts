import { describe, expect, it } from 'vitest';
import { importedPaths, importStatements } from '../../src/review/imports.ts';

const known = new Set([
  'src/a.ts',
  'src/b.js',
  'src/views/index.ts',
  'shop/cart/store.py',
  'lib/cart/cart.dart',
  'src/html.js',
  'pkg/money/money.go',
]);

describe('importedPaths', () => {
  it.each([
    ['src/x.ts', "import { a } from './a';", 'src/a.ts'],
    ['src/x.ts', "import { a } from './a.js';", 'src/a.ts'],
    ['src/x.ts', "import { a } from './a.ts';", 'src/a.ts'],
    ['src/views/x.ts', "export * from '../b.js';", 'src/b.js'],
    ['src/x.ts', "const views = require('./views');", 'src/views/index.ts'],
    ['src/x.ts', "const views = await import('./views/index.ts');", 'src/views/index.ts'],
    ['src/x.ts', "import {\n  escapeHtml,\n} from './html.js';", 'src/html.js'],
    ['tests/x.py', 'from shop.cart.store import total', 'shop/cart/store.py'],
    ['lib/x.dart', "import 'package:shop/cart/cart.dart';", 'lib/cart/cart.dart'],
  ])('%s with %j imports %s', (path, text, target) => {
    expect([...importedPaths([{ path, text }], known)]).toEqual([target]);
  });

  it.each(["import fs from 'node:fs';", "import { z } from 'zod';", "import './none.ts';", 'const a = "./a";', ''])(
    '%j imports nothing of the repository',
    (text) => {
      expect(importedPaths([{ path: 'src/x.ts', text }], known).size).toBe(0);
    },
  );

  it('a statement over several lines is one', () => {
    expect(
      importStatements("import {\n  a,\n  b,\n} from './a';\nconst c = 1;\nfrom x import (\n  y,\n)\nz()"),
    ).toEqual(["import { a, b, } from './a';", 'from x import ( y, )']);
  });

  it('hostile text takes no time', () => {
    const started = performance.now();
    importStatements(`import ${'('.repeat(390)}\n`.repeat(3_000));
    importStatements(`import {\n${'('.repeat(390)}\n`.repeat(3_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('a list that never closes ends', () => {
    expect(importStatements(`import {\n${'a,\n'.repeat(5_000)}`)[0]?.length).toBeLessThanOrEqual(2_000);
  });
});
