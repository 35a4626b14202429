import type { FileSource, ReadSource } from '../client/planSource.js';
import type { DeploymentTexts } from '../config/index.js';
import type { Console } from './console.js';

/** Where a command finds the deployment file that it was given: `-` is standard input. */
export async function sourceOf(file: string, console: Console): Promise<FileSource | ReadSource> {
  return file === '-' ? { texts: await standardInput(console) } : { file };
}

/** Standard input as a deployment file, with what it includes from the current folder. */
export async function standardInput(console: Console): Promise<DeploymentTexts> {
  const text = await console.readInput();
  const { withIncluded } = await import('../config/index.js');
  return withIncluded({ text, name: 'standard input' }, '.');
}
