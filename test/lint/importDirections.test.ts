import { RuleTester } from 'eslint';
import { join } from 'node:path';
import { parser } from 'typescript-eslint';
import { describe, it } from '@jest/globals';
import { importDirections, importDirectionsBy } from '../../dev/lint/importDirections.js';
import { root } from '../../dev/setup/paths.js';

RuleTester.describe = describe;
RuleTester.it = it;

const inSrc = (path: string, code: string) => ({ filename: join(root, 'src', path), code });
const forbidden = (path: string, code: string) => ({
  ...inSrc(path, code),
  errors: [{ messageId: 'forbidden' }],
});

new RuleTester({ languageOptions: { parser } }).run('import-directions', importDirections, {
  valid: [
    inSrc('domain/plan.ts', "import { a } from './names.js';"),
    inSrc('config/rules/names.ts', "import { a } from '../../domain/names.js';"),
    inSrc('workflows/target.ts', "import type { A } from '../activities/lambda.js';"),
    inSrc('activities/requests.ts', "import { a } from '@aws-sdk/client-lambda';"),
    inSrc('worker.ts', "import { a } from './worker/health.js';"),
    inSrc('worker/health.ts', "import { a } from '../settings/address.js';"),
    inSrc('client/list.ts', 'export const names = [];'),
    { filename: join(root, 'test/domain/a.test.ts'), code: "import { a } from '@jest/globals';" },
  ],
  invalid: [
    forbidden('domain/plan.ts', "import { a } from 'zod';"),
    forbidden('domain/plan.ts', "import { a } from 'node:fs';"),
    forbidden('domain/plan.ts', "import { a } from '../config/index.js';"),
    forbidden('config/rules/names.ts', "import { a } from '../../client/list.js';"),
    forbidden('workflows/target.ts', "import { a } from '../activities/lambda.js';"),
    forbidden('workflows/target.ts', "import { type A } from '../activities/lambda.js';"),
    forbidden('workflows/target.ts', "import { a } from 'yaml';"),
    forbidden('workflows/target.ts', "export { a } from '@aws-sdk/client-lambda';"),
    forbidden('settings/address.ts', "import { a } from '../worker.js';"),
    forbidden('client.ts', "await import('./worker/health.js');"),
    forbidden('cli/main.ts', "export * from '../../test/support/names.js';"),
    forbidden('cli/main.ts', "import { a } from '../workflows/index.js';"),
  ],
});

const rooms = ['index', 'target', 'steps'];
const withRooms = importDirectionsBy({
  domain: { parts: [], packages: [] },
  workflows: { parts: ['domain'], packages: [], rooms },
});

new RuleTester({ languageOptions: { parser } }).run('import-directions of rooms', withRooms, {
  valid: [
    inSrc('workflows/index.ts', "export { a } from './target/target.js';"),
    inSrc('workflows/target/target.ts', "import { a } from '../steps/approval.js';"),
    inSrc('workflows/target/target.ts', "import { a } from './deploy.js';"),
    inSrc('workflows/steps/approval.ts', "import { a } from '../../domain/gates.js';"),
    inSrc('domain/gates.ts', "import { a } from './names.js';"),
  ],
  invalid: [
    forbidden('workflows/steps/approval.ts', "import { a } from '../target/target.js';"),
    forbidden('workflows/steps/approval.ts', "import type { A } from '../target/target.js';"),
    forbidden('workflows/target/target.ts', "import { a } from '../index.js';"),
    forbidden('workflows/target/target.ts', "import { a } from '../other/other.js';"),
    forbidden('workflows/other/other.ts', "import { a } from '../steps/approval.js';"),
    forbidden('workflows/other/other.ts', "import { a } from '../../client.js';"),
  ],
});
