import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withIncluded } from './disk/included.js';
import { readStart } from './disk/readStart.js';
import { whyUnread } from './disk/whyUnread.js';
import type { DeploymentTexts } from './include/texts.js';
import { MAX_FILE_BYTES } from './source/text.js';

/** Why a deployment file could not be read, in sentences for a person. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/**
 * Reads a deployment file, or as much of it as shows that it is too large, and what it includes. An
 * included file that cannot be read is a problem of what the file says, and none of the file.
 *
 * @param name - what messages call it, where that is not its path
 *
 * @throws UnreadableFile
 */
export async function loadDeploymentFile(path: string, name = path): Promise<DeploymentTexts> {
  if (path === '') throw new UnreadableFile('No file is named: the name is empty.');
  const text = await start(path);
  return withIncluded({ text, name }, dirname(path));
}

async function start(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      return await readStart(file, MAX_FILE_BYTES);
    } finally {
      await file.close();
    }
  } catch (error) {
    const { message, remedy } = whyUnread(error, path);
    throw new UnreadableFile(`${message} ${remedy}`, { cause: error });
  }
}
