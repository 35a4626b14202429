import { quoted } from '../quoted.js';
import type { TextFault } from '../source/faults.js';
import { MAX_FILE_BYTES } from '../source/text.js';
import type { IncludeEntry } from './entry.js';
import type { NoPath } from './names.js';
import type { Unread } from './texts.js';

/** The most files that a deployment file may include, those of its parts among them. */
export const MAX_INCLUDED = 50;

export function atEntry({ range, path }: IncludeEntry, why: Unread): TextFault {
  return { ...why, severity: 'error', range, path };
}

export function noSuchPath({ text }: IncludeEntry, { problem, remedy }: NoPath): Unread {
  return {
    code: 'include-path',
    message: `${quoted(text)} ${problem}, and an included file is named by its path from here.`,
    remedy,
  };
}

/** @param chain - the names of the files of the circle, each of which includes the next */
export function circle(chain: readonly string[]): Unread {
  const [first = '', ...others] = chain.map(quoted);
  const rest = others.length > 1 ? others.join(', which includes ') : 'itself';
  return {
    code: 'include-cycle',
    message: `${first} includes ${rest}.`,
    remedy: 'Leave this one out; what both need may stand in a third file.',
  };
}

export function tooMany(): Unread {
  return {
    code: 'too-many-includes',
    message: `With this one, more than ${MAX_INCLUDED} files are included.`,
    remedy: 'Put several of them together.',
  };
}

export function tooLargeTogether(): Unread {
  return {
    code: 'file-too-large',
    message: `With this file, the deployment has more than ${MAX_FILE_BYTES} bytes, which is the most for all of its files together.`,
    remedy: 'Include less, or split the deployment.',
  };
}

/** What is said where whoever hands over the file has not handed over this one. */
export function notGiven(path: string): Unread {
  return {
    code: 'include-unreadable',
    message: `There is no text of the included file ${quoted(path)}.`,
    remedy: 'Hand it over with the text of the file, or name the file itself.',
  };
}
