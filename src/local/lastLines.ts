import type { Readable } from 'node:stream';

/** In characters. */
const KEPT = 50_000;

/** The last of what a program printed, for the message that says why it failed. */
export class LastLines {
  #text = '';

  constructor(...streams: Readable[]) {
    for (const stream of streams) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#text = (this.#text + text).slice(-KEPT);
      });
    }
  }

  get text(): string {
    return this.#text;
  }

  /** To follow a sentence; empty when nothing was printed. */
  quoted(): string {
    const lines = this.#text.trimEnd().split('\n').slice(-20);
    return lines.join('') === '' ? '' : ` Its last lines:\n${lines.join('\n')}`;
  }
}
