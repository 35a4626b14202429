import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document, parseDocument } from 'yaml';
import { root } from '../setup/paths.js';

/** What the worker and the gateway of a local stack are told. */
export interface StackSettings {
  /** Path of the settings file. */
  file: string;
  /**
   * The same without callbacks, for a worker of somebody's own: those go to the stack's gateway,
   * which knows only the stack's Temporal.
   */
  fileForOthers: string;
  /** What the files refer to. */
  environment: Record<string, string>;
  remove(): Promise<void>;
}

/** Knows the external ids of the examples' accounts, and lets every application use every role. */
export const SETTINGS = join(root, 'dev/stack/settings.yaml');

/** What a stack has of its own. */
export interface StackAddresses {
  /** Of the gateway, host:port. */
  gateway: string;
  /** Of the metrics, a URL, where there are any. */
  metrics: string | undefined;
}

/**
 * The settings of a local stack: those of a file, and where the stack's own gateway and metrics are
 * unless the file names others.
 *
 * @param base - path of the file
 * @throws Error when it cannot be read
 */
export async function makeStackSettings(
  { gateway, metrics }: StackAddresses,
  base = SETTINGS,
): Promise<StackSettings> {
  const text = await readFile(base, 'utf8').catch((error: Error) => {
    throw new Error(`The settings file cannot be read: ${error.message}`);
  });
  const folder = await mkdtemp(join(tmpdir(), 'sluice-stack-'));
  const write = async (name: string, added: Record<string, unknown>) => {
    const path = join(folder, name);
    await writeFile(path, withAdded(text, added));
    return path;
  };
  const providers = metrics && { prometheus: { type: 'prometheus', url: metrics } };
  const keys = [{ id: 'local', secretFrom: { env: 'SLUICE_CALLBACK_KEY' } }];
  const callbacks = { publicUrl: `http://${gateway}`, keys };
  const own = { ...(providers && { metricProviders: providers }) };
  return {
    file: await write('settings.yaml', { ...own, callbacks }),
    fileForOthers: await write('others.yaml', own),
    environment: {
      SLUICE_CALLBACK_KEY: randomBytes(32).toString('base64'),
      SLUICE_SECRET_CI_TOKEN: 'local-ci-token',
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Settings, and what they do not say themselves. What is no YAML is for the worker to refuse. */
function withAdded(text: string, added: Record<string, unknown>): string {
  const document: Document = parseDocument(text);
  if (document.errors.length > 0) return text;
  if (document.contents === null) document.contents = document.createNode({});
  for (const [part, entries] of Object.entries(added)) {
    for (const [name, value] of Object.entries(entries as object)) {
      if (!document.hasIn([part, name])) document.setIn([part, name], value);
    }
  }
  return document.toString();
}
