import { TerminalText } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import { readPackageFile } from '../packageFiles.js';

/** The deployment files to start from; each is a file under examples/. */
export const TEMPLATES = [
  'basic',
  'canary',
  'multi-region',
  'webhooks',
  'analysis',
  'container-image',
] as const;

/** `sluice template`. */
export async function template(name: string, console: Console): Promise<ExitReason> {
  console.out(TerminalText.of(await readPackageFile(`examples/${name}.yaml`)));
  return 'succeeded';
}
