import type { FileSource } from '../client/planSource.js';
import type { Console } from './console.js';

/** Where a command finds the deployment file that it was given: `-` is standard input. */
export async function sourceOf(file: string, console: Console): Promise<FileSource> {
  if (file !== '-') return { file };
  return { text: await console.readInput(), fileName: 'standard input' };
}
