import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { manifest } from '../../dev/setup/manifest.js';
import { root } from '../../dev/setup/paths.js';
import { executable, tools } from '../../dev/setup/tools.js';
import type { Ran } from '../cli/inProcess.js';

/**
 * Runs a block of the documentation as it stands there, with `sluice`, `temporal` and the package.
 *
 * @param folder - where it runs, and finds its files
 */
export async function runExample(
  folder: string,
  { language, text }: { language: string; text: string },
  environment: Record<string, string>,
): Promise<Ran> {
  await symlink(join(root, 'bin/sluice'), join(folder, 'sluice')).catch(ignoreExisting);
  const path = [folder, dirname(executable(tools.temporalServer)), process.env['PATH']];
  const [command, ...args] =
    language === 'sh' ? ['sh', '-e', '-c', text] : ['node', await moduleOf(folder, text)];
  const child = spawn(command, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment, PATH: path.join(delimiter) },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (more: string) => (stdout += more));
  child.stderr.setEncoding('utf8').on('data', (more: string) => (stderr += more));
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, stdout, stderr };
}

/** The examples have no types in them, so they run as they are, once `sluice` is found. */
async function moduleOf(folder: string, text: string): Promise<string> {
  const path = join(folder, 'example.mjs');
  const built = `from '${join(root, 'dist/client.js')}'`;
  await writeFile(path, text.replace(`from '${manifest.name}'`, built));
  return path;
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
