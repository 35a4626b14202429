import type { ReadStream } from 'node:tty';

/** The keys of the person at the terminal. */
export interface Keyboard {
  /** Gives what is typed from now on, without showing it. */
  listen(typed: (text: string) => void): void;
  /** Leaves the terminal as it was. */
  rest(): void;
}

/** Keys that are signals. Without help they are not, while a program reads every key. */
const SIGNALS: Readonly<Record<string, NodeJS.Signals>> = {
  '\u0003': 'SIGINT',
  '\u001A': 'SIGTSTP',
  '\u001C': 'SIGQUIT',
};

export class TerminalKeyboard implements Keyboard {
  #typed: ((text: string) => void) | undefined;

  constructor(private readonly stdin: ReadStream) {}

  listen(typed: (text: string) => void): void {
    // Standard input has been read to its end where it had the deployment file.
    if (this.#typed !== undefined || !this.stdin.readable) return;
    this.#typed = typed;
    this.stdin.setRawMode(true);
    this.stdin.setEncoding('utf8').on('data', this.#take).resume();
    process.on('SIGCONT', this.#goOn);
  }

  rest(): void {
    if (this.#typed === undefined) return;
    this.#typed = undefined;
    process.off('SIGCONT', this.#goOn);
    this.stdin.off('data', this.#take).pause();
    this.stdin.setRawMode(false);
  }

  readonly #take = (chunk: Buffer | string): void => {
    for (const key of chunk.toString()) {
      const signal = SIGNALS[key];
      if (signal === undefined) this.#typed?.(key);
      else this.#send(signal);
    }
  };

  #send(signal: NodeJS.Signals): void {
    this.stdin.setRawMode(false);
    process.kill(process.pid, signal);
  }

  readonly #goOn = (): void => {
    this.stdin.setRawMode(true);
  };
}
