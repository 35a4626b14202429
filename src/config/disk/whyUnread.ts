import { printable } from '../../domain/printable.js';
import type { Problem } from '../diagnostics.js';

/** What is wrong, and how to mend it. */
type Reason = Pick<Problem, 'message' | 'remedy'>;

const NOT_PERMITTED = (path: string): Reason => ({
  message: `You may not read ${path}.`,
  remedy: 'Ask for permission, or name another file.',
});

const REASONS: Record<string, (path: string) => Reason> = {
  ENOENT: (path) => ({ message: `There is no file ${path}.`, remedy: 'Check the path.' }),
  ENOTDIR: (path) => ({
    message: `There is no file ${path}, because a part of its path is not a directory.`,
    remedy: 'Check the path.',
  }),
  EISDIR: (path) => ({
    message: `${path} is a directory.`,
    remedy: 'Name the deployment file in it.',
  }),
  EACCES: NOT_PERMITTED,
  EPERM: NOT_PERMITTED,
};

/** Why a file could not be read, in sentences for a person. */
export function whyUnread(error: unknown, path: string): Reason {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  const known = REASONS[code]?.(printable(path));
  return (
    known ?? {
      message: `${printable(path)} cannot be read: ${printable(message)}.`,
      remedy: 'Name another file.',
    }
  );
}
