import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CLIENT_PACKAGES } from '../../dev/setup/action.js';
import { INTO_ONE_FILE } from '../../dev/setup/intoOneFile.js';
import { root } from '../../dev/setup/paths.js';
import { Checkout } from './checkout.js';

interface Lock {
  packages: Record<string, { dependencies?: Record<string, string> }>;
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;

/** Packages and all that they need, by name. */
function withDependencies(names: string[], known = new Set<string>()): Set<string> {
  for (const name of names.filter((one) => !known.has(one))) {
    known.add(name);
    const paths = Object.keys(lock.packages).filter((path) =>
      path.endsWith(`node_modules/${name}`),
    );
    const needed = paths.flatMap((path) => Object.keys(lock.packages[path]?.dependencies ?? {}));
    withDependencies(needed, known);
  }
  return known;
}

describe("the action's program", () => {
  it("needs none but the client's packages", async () => {
    const { metafile } = await build({
      ...INTO_ONE_FILE,
      entryPoints: [join(root, 'src/action/main.ts')],
      outfile: 'main.js',
      write: false,
      metafile: true,
      absWorkingDir: root,
    });
    const used = Object.keys(metafile.inputs).flatMap((path) => {
      const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
      return name === undefined ? [] : [name];
    });
    expect(used).toContain('@temporalio/client');
    const installed = withDependencies(CLIENT_PACKAGES);
    expect([...new Set(used)].filter((name) => !installed.has(name))).toEqual([]);
    expect([...installed]).not.toContain('@temporalio/worker');
  });
});

describe('the set-up of the action', () => {
  let checkout: Checkout;
  beforeEach(async () => {
    checkout = await Checkout.make();
    await checkout.write('src/action/main.ts', "import { parse } from 'yaml';\nparse('a');\n");
  });
  afterEach(() => checkout.remove());

  const setUp = () =>
    checkout.node(['dev/setup/main.js', 'action'], { KEPT: checkout.path('kept') }).ended;

  it("installs the client's packages alone, without their scripts, and makes one file, once", async () => {
    await checkout.program(
      'npm',
      `echo "$@" > "$KEPT"; cat package.json >> "$KEPT"
       ln -s ${join(root, 'node_modules')} node_modules`,
    );
    expect(await setUp()).toMatchObject({
      exitCode: 0,
      stderr:
        'Installing the Node.js packages of the client (npm ci).\n' +
        'Making the program of the GitHub Action from src.\n',
    });
    const [args, manifest = ''] = (await readFile(checkout.path('kept'), 'utf8')).split('\n');
    expect(args).toMatch(/^ci .*--ignore-scripts$/);
    const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
    expect(Object.keys(dependencies).sort()).toEqual(CLIENT_PACKAGES);
    expect(await checkout.made()).toEqual(['action']);
    expect(existsSync(checkout.path('.local/action/main.js'))).toBe(true);
    expect(await setUp()).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('uses what a checkout has installed already, and makes it again for another source', async () => {
    await checkout.linkPackages();
    const made = 'Making the program of the GitHub Action from src.\n';
    expect(await setUp()).toMatchObject({ exitCode: 0, stderr: made });
    await checkout.write('src/action/main.ts', "console.log('another');\n");
    expect(await setUp()).toMatchObject({ exitCode: 0, stderr: made });
    const run = await checkout.node(['.local/action/main.js']).ended;
    expect(run.stdout).toBe('another\n');
  });
});
