import { posix } from 'node:path';
import { isPrintable } from '../../domain/printable.js';

/** The longest path that a file system takes, in characters. */
const LONGEST_PATH = 4096;

/** What kind of name something is that is no path from a folder, and how to mend it. */
const OTHERS: readonly [is: (text: string) => boolean, what: string, remedy: string][] = [
  [(text) => text.trim() === '', 'is empty', 'Name a file, such as ../shared/webhooks.yaml.'],
  [
    (text) => /^[a-z][a-z0-9+.-]*:/i.test(text),
    'is an address',
    'Only files of the same repository can be included: keep a copy of it there.',
  ],
  [
    (text) => text.includes('{{'),
    'has a variable',
    'Variables have no values yet when files are read: name the file as it is.',
  ],
  [(text) => text.includes('*'), 'names several files', 'Name the files one by one, in a list.'],
  [(text) => text.includes('\\'), 'has backslashes', 'Separate folders with / on every system.'],
  [
    (text) => text.startsWith('/'),
    'begins with /',
    'Write the path from the folder of this file, such as ../shared/webhooks.yaml.',
  ],
  [
    (text) => text.length > LONGEST_PATH || !isPrintable(text),
    'cannot be the name of a file',
    'Write the path from the folder of this file, such as ../shared/webhooks.yaml.',
  ],
];

/** Why a text is no path from the folder of a file. */
export interface NoPath {
  /** The end of a sentence. */
  problem: string;
  remedy: string;
}

/** @returns undefined for what can be one */
export function noPath(text: string): NoPath | undefined {
  const found = OTHERS.find(([is]) => is(text));
  return found && { problem: found[1], remedy: found[2] };
}

/**
 * The path of an included file from the folder of the deployment file: one path for each file, as
 * far as that can be known.
 *
 * @param from - the path of the file that includes it, in the same way
 * @param folder - the absolute path of the folder
 */
export function pathFrom(from: string, text: string, folder: string | undefined): string {
  const path = posix.join(posix.dirname(from), text);
  return folder === undefined ? path : posix.relative(folder, posix.join(folder, path));
}
