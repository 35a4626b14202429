import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../setup/paths.js';

/** What the worker and the gateway of a local stack are told. */
export interface StackSettings {
  /** Path of the settings file. */
  file: string;
  /** What the file refers to. */
  environment: Record<string, string>;
  remove(): Promise<void>;
}

/** Knows the external ids of the examples' accounts, and lets every application use every role. */
export const SETTINGS = join(root, 'dev/stack/settings.yaml');

/**
 * The settings of the local stack, with where its own gateway is.
 *
 * @param gatewayAddress - host:port
 */
export async function makeStackSettings(gatewayAddress: string): Promise<StackSettings> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-stack-'));
  const file = join(folder, 'settings.yaml');
  const callbacks = `callbacks:
  publicUrl: http://${gatewayAddress}
  keys:
    - id: local
      secretFrom: { env: SLUICE_CALLBACK_KEY }
`;
  await writeFile(file, `${await readFile(SETTINGS, 'utf8')}\n${callbacks}`);
  return {
    file,
    environment: {
      SLUICE_CALLBACK_KEY: randomBytes(32).toString('base64'),
      SLUICE_SECRET_CI_TOKEN: 'local-ci-token',
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
