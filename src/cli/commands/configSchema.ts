import { TerminalText } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import { readPackageFile } from '../packageFiles.js';

/** `sluice config schema`. */
export async function configSchema(console: Console): Promise<ExitReason> {
  console.out(TerminalText.of(await readPackageFile('schema/deployment.schema.json')));
  return 'succeeded';
}
