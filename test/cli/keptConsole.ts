import type { Console } from '../../src/cli/console.js';
import type { Keyboard } from '../../src/cli/prompt/keyboard.js';
import type { TerminalText } from '../../src/domain/terminalText.js';

/** A console that keeps what it is given; its clock is the test's. */
export class KeptConsole implements Console {
  written = '';
  errors = '';
  drawable = true;
  colours = false;
  environment: Console['environment'] = {};
  keyboard?: Keyboard;
  columns = 60;
  out = ({ text }: TerminalText) => void (this.written += text);
  err = ({ text }: TerminalText) => void (this.errors += text);
  now = () => new Date(Date.now());
  size = () => ({ columns: this.columns, rows: 20 });
}
