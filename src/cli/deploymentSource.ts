import type { FileSource } from '../client/planSource.js';
import { readStandardInput } from './standardInput.js';

/** Where a command finds the deployment file that it was given: `-` is standard input. */
export async function sourceOf(file: string): Promise<FileSource> {
  if (file !== '-') return { file };
  return { text: await readStandardInput(), fileName: 'standard input' };
}
