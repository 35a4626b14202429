import { CATALOG, nearest, type ProblemKind } from '../../config/index.js';
import { terminal, TerminalText } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import { oneLine } from '../view/text.js';

/** `sluice config explain`. */
export function configExplain(code: string | undefined, console: Console): ExitReason {
  if (code === undefined) {
    console.out(terminal`${CATALOG.map(line).join('\n')}\n`);
    return 'succeeded';
  }
  const kind = CATALOG.find((each) => each.code === code);
  if (kind === undefined) {
    console.err(terminal`${unknownCode(code)}\n`);
    return 'usage';
  }
  console.out(TerminalText.of(explanation(kind)));
  return 'succeeded';
}

function line({ code, severity = 'error', reason }: ProblemKind): string {
  const [first = ''] = reason.split(/(?<=\.)\s/);
  return `${code.padEnd(26)}  ${severity.padEnd(8)} ${first}`;
}

function explanation({ code, severity = 'error', reason, wrong, right }: ProblemKind): string {
  const example = (name: string, text: string) => `\n${name}:\n\n${text.replaceAll(/^/gm, '  ')}\n`;
  return `${code} (${severity})\n\n${reason}\n${example('Wrong', wrong)}${example('Right', right)}`;
}

function unknownCode(code: string): string {
  const near = nearest(
    code,
    CATALOG.map((each) => each.code),
  );
  const hint = near === undefined ? 'sluice config explain lists all.' : `Did you mean ${near}?`;
  return `There is no diagnostic with the code "${oneLine(code)}". ${hint}`;
}
