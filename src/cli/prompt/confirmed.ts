import { terminal, type TerminalText } from '../../domain/terminalText.js';
import type { Keyboard } from './keyboard.js';

/** Longer answers than `yes` are none. */
const MAX_TYPED = 10;

/**
 * Asks the person at the terminal, who types an answer and the enter key.
 *
 * @param show - writes to the terminal
 * @returns whether it was `y` or `yes`
 */
export function confirmed(
  question: string,
  keyboard: Keyboard,
  show: (text: TerminalText) => void,
): Promise<boolean> {
  show(terminal`${question} [y/N] `);
  let typed = '';
  return new Promise((resolve) => {
    keyboard.listen((key) => {
      if (key === '\r' || key === '\n') {
        keyboard.rest();
        show(terminal`\n`);
        resolve(/^y(es)?$/i.test(typed.trim()));
      } else if (key === '\u007F' || key === '\b') {
        if (typed !== '') show(terminal`\b \b`);
        typed = typed.slice(0, -1);
      } else if (/^[\p{L}\p{N} ]$/u.test(key) && typed.length < MAX_TYPED) {
        typed += key;
        show(terminal`${key}`);
      }
    });
  });
}
