import { TerminalText } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import { readPackageFile } from '../packageFiles.js';

/** `sluice config schema`. */
export async function configSchema({ part = false }, console: Console): Promise<ExitReason> {
  const name = part ? 'deployment-part' : 'deployment';
  console.out(TerminalText.of(await readPackageFile(`schema/${name}.schema.json`)));
  return 'succeeded';
}
