import type { FileSource, ReadSource } from '../client/planSource.js';
import type { DeploymentTexts } from '../config/index.js';
import { readStandardInput } from './standardInput.js';

/** Where a command finds the deployment file that it was given: `-` is standard input. */
export async function sourceOf(file: string): Promise<FileSource | ReadSource> {
  return file === '-' ? { texts: await standardInput() } : { file };
}

/** Standard input as a deployment file, with what it includes from the current folder. */
export async function standardInput(): Promise<DeploymentTexts> {
  const text = await readStandardInput();
  const { withIncluded } = await import('../config/index.js');
  return withIncluded({ text, name: 'standard input' }, '.');
}
