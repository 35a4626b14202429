import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { activityFailure } from '../awsFailure.js';
import type { SecretPlace } from './secretPlace.js';

/** Not a path, and none of the files that a mounted volume keeps for itself (`..data`). */
const FILE_NAME = /^(?!\.\.)[\w.-]+$/;

/**
 * One file for each secret. It is read each time, so a secret that is replaced counts at once; a
 * line break at its end is no part of it.
 */
export function directory(path: string): SecretPlace {
  const text = `the directory ${path}`;
  return {
    text,
    async find(name) {
      if (!FILE_NAME.test(name) || name === '.') return undefined;
      try {
        // Some file systems find a file by names that it does not have, such as in another case.
        if (!(await readdir(path)).includes(name)) return undefined;
        return (await readFile(join(path, name), 'utf8')).replace(/\r?\n$/, '') || undefined;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw unreadable(name, text);
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  const { code = '' } = error as { code?: string };
  return ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes(code);
}

function unreadable(name: string, where: string): Error {
  return activityFailure(
    {
      code: 'secretNotFound',
      message: `The secret ${name} in ${where} cannot be read.`,
      remedy: "Let the worker's user read it.",
    },
    { retryable: false },
  );
}
