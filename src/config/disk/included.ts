import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { quoted } from '../quoted.js';
import { readIncluding, type Wanted } from '../include/readIncluding.js';
import type { DeploymentTexts, IncludedText, Unread } from '../include/texts.js';
import { readStart } from './readStart.js';
import { isInside, repositoryOf } from './repository.js';
import { whyUnread } from './whyUnread.js';

/** A link in the place of the file is not followed, and nobody waits for a pipe. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** A deployment file without what it includes. */
type OneFile = Pick<DeploymentTexts, 'text' | 'name'>;

/** Where included files may be. */
interface Ground {
  /** The folder of the deployment file, without links. */
  folder: string;
  repository: string;
}

/**
 * A deployment file with the files that it includes, those of them included. They are read from the
 * disk if they are in the same repository as its folder.
 */
export async function withIncluded(file: OneFile, folder: string): Promise<DeploymentTexts> {
  if (!mayInclude(file.text)) return file;
  const ground = await groundOf(folder);
  const texts = { ...file, folder: ground.folder };
  const included = new Map<string, IncludedText>();
  const walk = readIncluding(texts);
  let step = walk.next();
  while (step.done !== true) {
    const { path } = step.value;
    const text = await read(step.value, ground, join(dirname(file.name ?? ''), path));
    included.set(path, text);
    step = walk.next(text);
  }
  return { ...texts, included };
}

async function groundOf(folder: string): Promise<Ground> {
  const real = await realpath(folder);
  return { folder: real, repository: await repositoryOf(real) };
}

/** Most files include nothing, and need not be looked at twice. */
function mayInclude(text: string | Uint8Array): boolean {
  return /\binclude\b/.test(typeof text === 'string' ? text : Buffer.from(text).toString('latin1'));
}

/** @param shown - what messages call it */
async function read(
  { path, most }: Wanted,
  { folder, repository }: Ground,
  shown: string,
): Promise<IncludedText> {
  try {
    const named = join(folder, path);
    if (!isInside(repository, named)) return outside(shown, repository);
    const real = await realpath(named);
    if (!isInside(repository, real)) return outside(shown, repository);
    return await readFile(real, most, shown);
  } catch (error) {
    return { code: 'include-unreadable', ...whyUnread(error, shown) };
  }
}

async function readFile(path: string, most: number, shown: string): Promise<IncludedText> {
  const file = await open(path, FLAGS);
  try {
    const stats = await file.stat();
    return stats.isFile()
      ? await readStart(file, most)
      : notAFile(shown, stats.isDirectory() ? 'is a directory' : 'is not a file of text');
  } finally {
    await file.close();
  }
}

function outside(shown: string, repository: string): Unread {
  return {
    code: 'include-outside',
    message: `${quoted(shown)} is not in ${quoted(repository)}, and only files of the same repository can be included.`,
    remedy: 'Keep a copy of it there. Where there is no .git, only the folder of the file counts.',
  };
}

function notAFile(shown: string, what: string): Unread {
  return {
    code: 'include-unreadable',
    message: `${quoted(shown)} ${what}.`,
    remedy: 'Name the files one by one.',
  };
}
