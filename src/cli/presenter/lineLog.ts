import { terminal, TerminalText } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import { ChangeTeller } from '../view/changes.js';
import type { DeploymentView, Notice } from '../view/model.js';
import type { Screen } from './textPresenter.js';

/** How often a notice that still holds is repeated, in milliseconds. */
const REPEAT_MS = 60_000;

/** Writes a line for every change of a deployment, with the time in UTC. */
export class LineLog implements Screen {
  readonly #teller = new ChangeTeller();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly console: Console) {}

  notice(notice: Notice): void {
    this.#teller.noticed(notice);
    this.console.err(terminal`${TerminalText.line(notice.text)}\n`);
  }

  show(view: DeploymentView): void {
    this.#timer ??= setInterval(() => this.#write(this.#teller.notices), REPEAT_MS);
    this.#write(this.#teller.tell(view));
  }

  end(view: DeploymentView): void {
    this.close();
    this.#write(this.#teller.tell(view));
  }

  /** Nobody is asked where nothing can be drawn over. */
  question(): void {}

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #write(lines: readonly string[]): void {
    const time = this.console.now().toISOString().slice(11, 19);
    for (const line of lines) this.console.out(terminal`${time}Z  ${line}\n`);
  }
}
