import { copyFile, mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { executable, tools } from '../../dev/setup/tools.js';
import { downloadedExecutable } from '../../dev/stack/temporalExecutable.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** The network has no part in the tests: the SDK takes what an earlier download has left. */
describe('where there is no package of the Temporal server for the platform', () => {
  it("takes what Temporal's SDK has downloaded, once it has run", async () => {
    const downloaded = join(folder, 'temporal-v1.9.1');
    await copyFile(executable(tools.temporalServer), downloaded);
    await utimes(downloaded, new Date(), new Date());
    expect(await downloadedExecutable(folder)).toBe(downloaded);
  });
});
