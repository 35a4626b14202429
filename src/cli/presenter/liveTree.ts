import { terminal, TerminalText } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import type { DeploymentView, Notice } from '../view/model.js';
import { coloured, type Paint, plain } from '../view/paint.js';
import { renderTree } from '../view/tree.js';
import { cut } from '../view/width.js';
import type { Screen } from './textPresenter.js';

/** How often the time on the screen moves, in milliseconds. */
const TICK_MS = 1000;

/**
 * Lines of the screen that stay free: the cursor's, and the first. Terminals keep what is cleared
 * from the first line on, so every drawing would be left behind above the screen.
 */
const FREE_ROWS = 2;

/** Draws a deployment as a tree, over and over in the same place. */
export class LiveTree implements Screen {
  readonly #paint: Paint;
  #view: DeploymentView | undefined;
  #drawn = 0;
  #question: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly console: Console) {
    this.#paint = console.colours ? coloured : plain;
  }

  /** The tree shows what holds while it is drawn; before that it has to be said. */
  notice({ text }: Notice): void {
    this.console.err(terminal`${TerminalText.line(text)}\n`);
  }

  show(view: DeploymentView): void {
    this.#view = view;
    this.#draw();
    this.#timer ??= setInterval(() => this.#draw(), TICK_MS);
  }

  /** It stands below the tree, where the cursor is. */
  question(text: string | undefined): void {
    this.#question = text;
    if (this.#timer !== undefined) this.#draw();
  }

  /** The last drawing stays, so it is whole: it may be longer and wider than the screen. */
  end(view: DeploymentView): void {
    this.#question = undefined;
    this.close();
    this.#replace(this.#lines(view, Infinity, Infinity));
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #draw(): void {
    if (this.#view === undefined) return;
    const { columns, rows } = this.console.size();
    this.#replace(this.#lines(this.#view, columns, Math.max(1, rows - FREE_ROWS)));
  }

  #lines(view: DeploymentView, width: number, height: number): TerminalText[] {
    const now = this.console.now().toISOString();
    return renderTree(view, { paint: this.#paint, width, height, now });
  }

  #replace(lines: readonly TerminalText[]): void {
    const back = this.#drawn === 0 ? terminal`` : terminal`\r\u001B[${this.#drawn}A\u001B[0J`;
    this.#drawn = lines.length;
    // In one line, so that the next drawing finds its way back.
    const question = cut(this.#question ?? '', this.console.size().columns - 1);
    this.console.out(terminal`${back}${TerminalText.lines(lines)}\n${question}`);
  }
}
