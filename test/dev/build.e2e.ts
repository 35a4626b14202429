import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Checkout } from './checkout.js';

let checkout: Checkout;

beforeAll(async () => {
  checkout = await Checkout.make();
  await checkout.linkPackages();
  await checkout.write('src/cli/main.ts', "console.log('sluice', ...process.argv.slice(2));\n");
  await checkout.write('src/config/index.ts', "export { parse } from 'yaml';\n");
  await checkout.write('src/workflows/index.ts', 'export async function nothing() {}\n');
});
afterAll(() => checkout.remove());

const sluice = (...args: string[]) => checkout.node(['bin/sluice', ...args]).ended;

describe('the sluice command of a checkout', () => {
  it('builds before its first run, and not again', async () => {
    const built = { exitCode: 0, stdout: 'sluice worker\n', stderr: 'Building dist from src.\n' };
    expect(await sluice('worker')).toEqual(built);
    expect(await sluice('worker')).toEqual({ ...built, stderr: '' });
    expect(existsSync(checkout.path('dist/workflow-bundle.js'))).toBe(true);
    // The reading of files is one file, which needs no packages.
    const config = await readFile(checkout.path('dist/config/index.js'), 'utf8');
    expect(config).not.toMatch(/from ['"]yaml['"]/);
  });

  it('keeps nothing whose source is gone', async () => {
    await checkout.write('src/gone.ts', 'export const gone = true;\n');
    await sluice();
    expect(existsSync(checkout.path('dist/gone.js'))).toBe(true);
    await rm(checkout.path('src/gone.ts'));
    await sluice();
    expect(existsSync(checkout.path('dist/gone.js'))).toBe(false);
  });

  it('builds once when two start at the same time', async () => {
    await checkout.write('src/changed.ts', 'export const changed = true;\n');
    const both = await Promise.all([sluice('one'), sluice('two')]);
    expect(both.map(({ stdout }) => stdout)).toEqual(['sluice one\n', 'sluice two\n']);
    expect(both.map(({ stderr }) => stderr).sort()).toEqual([
      'Building dist from src.\n',
      'Waiting for another set-up of this checkout to finish.\n',
    ]);
  });

  it('shows what is wrong with the source, and keeps the build before it', async () => {
    await checkout.write('src/wrong.ts', "export const wrong: number = 'text';\n");
    const { exitCode, stderr } = await sluice();
    expect(exitCode).toBe(1);
    expect(stderr).toContain('src/wrong.ts(1,14): error TS2322');
    expect(await checkout.made()).toEqual(expect.arrayContaining(['dist', 'node_modules']));
    expect(existsSync(checkout.path('dist/cli/main.js'))).toBe(true);
  });
});

describe('the sluice command of the package', () => {
  it('runs what was built', async () => {
    const published = await Checkout.make();
    await rm(published.path('dev'), { recursive: true });
    await published.write('dist/cli/main.js', "console.log('published');\n");
    expect(await published.node(['bin/sluice']).ended).toMatchObject({ stdout: 'published\n' });
    await published.remove();
  });
});
