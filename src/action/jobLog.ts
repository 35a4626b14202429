import { randomUUID } from 'node:crypto';
import { commandData } from '../config/index.js';
import { TerminalText } from '../domain/terminalText.js';

/**
 * The log of a job. GitHub takes some of what is printed there for commands, so names and messages
 * of others are printed only where it does not.
 */
export class JobLog {
  constructor(private readonly write: (text: string) => void) {}

  /** Has stars shown in the place of a secret, by this job and all that follows in it. */
  mask(secret: string): void {
    this.commands(`::add-mask::${commandData(secret)}\n`);
  }

  /** @param lines - commands to GitHub, such as annotations */
  commands(lines: string): void {
    this.write(lines);
  }

  /** Does the work while everything said is text, in a part of the log that can be folded. */
  async group<Result>(
    title: string,
    work: (say: (text: TerminalText) => void) => Promise<Result>,
  ): Promise<Result> {
    const token = randomUUID();
    this.commands(
      `::group::${commandData(TerminalText.of(title).text)}\n::stop-commands::${token}\n`,
    );
    try {
      return await work(({ text }) => this.write(text));
    } finally {
      this.commands(`::${token}::\n::endgroup::\n`);
    }
  }
}
