/** Why a file cannot be read, as the end of a sentence that begins with its name. */
export function fileProblem(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EISDIR') return 'is a directory';
  if (code === 'EACCES') return 'may not be read by this user';
  return `cannot be read (${code})`;
}
