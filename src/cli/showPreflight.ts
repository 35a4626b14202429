import type { Preflight } from '../client.js';
import type { Console } from './console.js';
import { EXIT_CODES, type ExitReason } from './exitCodes.js';
import type { OutputFormat } from './failure.js';
import { coloured, plain } from './view/paint.js';
import { preflightLines } from './view/preflightView.js';

/** Says what a deployment would change: to people, or to scripts in one JSON object. */
export function showPreflight(
  preflight: Preflight,
  reason: ExitReason,
  output: OutputFormat,
  console: Console,
): void {
  if (output === 'json') {
    const at = console.now().toISOString();
    const exitCode = EXIT_CODES[reason].code;
    const line = { schemaVersion: 1, type: 'preflight', at, preflight, exitCode };
    console.out(`${JSON.stringify(line)}\n`);
    return;
  }
  const lines = preflightLines(preflight, console.colours ? coloured : plain);
  console.out(`${lines.join('\n')}\n`);
}
