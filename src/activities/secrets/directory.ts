import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { activityFailure } from '../awsFailure.js';
import { noText } from './noText.js';
import type { SecretPlace } from './secretPlace.js';

const TEXT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

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
        const value = TEXT.decode(await readFile(join(path, name))).replace(/\r?\n$/, '');
        return value === '' ? undefined : { value };
      } catch (error) {
        if (isMissing(error)) return undefined;
        if (codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw noText(name, text);
        throw unreadable(name, text);
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? '';
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
