import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { circlesOf } from '../../dev/house/circles.js';
import { arrowsOf, grouped, importsOf } from '../../dev/house/imports.js';
import { roomOf } from '../../dev/lint/rooms.js';
import { root } from '../../dev/setup/paths.js';
import { Checkout } from './checkout.js';

describe('the imports of src', () => {
  const imports = importsOf(join(root, 'src'));

  it('go in no circle, also where only types are imported', () => {
    expect(imports.size).toBeGreaterThan(100);
    expect(circlesOf(imports)).toEqual([]);
  });

  it('go in no circle between the rooms of workflows', () => {
    const rooms = grouped(importsOf(join(root, 'src/workflows')), roomOf);
    expect(rooms.size).toBeGreaterThan(5);
    expect(circlesOf(rooms)).toEqual([]);
  });
});

describe('imports', () => {
  it('are found in every form, and so are circles and the arrows between rooms', async () => {
    const checkout = await Checkout.make();
    try {
      const files = {
        'target/target.ts': "import type { A } from '../steps/approval.js';\nimport './target.js';",
        'steps/approval.ts':
          "export { a } from './kinds.js';\nexport const b = import('../index.js');",
        'steps/kinds.ts': "import { join } from 'node:path';\nimport { none } from '../none.js';",
        'index.ts': "export * from './target/target.js';\nimport { a } from './steps/kinds.js';",
      };
      for (const [path, text] of Object.entries(files)) await checkout.write(`src/${path}`, text);
      const imports = importsOf(checkout.path('src'));
      expect(Object.fromEntries(imports)).toEqual({
        'target/target.ts': ['steps/approval.ts'],
        'steps/approval.ts': ['steps/kinds.ts', 'index.ts'],
        'steps/kinds.ts': [],
        'index.ts': ['target/target.ts', 'steps/kinds.ts'],
      });
      expect(circlesOf(imports)).toEqual([['index.ts', 'steps/approval.ts', 'target/target.ts']]);
      expect(arrowsOf(grouped(imports, roomOf))).toEqual([
        ['index', 'target'],
        ['index', 'steps'],
        ['steps', 'index'],
        ['target', 'steps'],
      ]);
    } finally {
      await checkout.remove();
    }
  });
});
