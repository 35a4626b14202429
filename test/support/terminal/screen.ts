// eslint-disable-next-line no-control-regex -- they are what a terminal obeys
const TOKENS = /\u001B\[(\d*)([A-Za-z])|[^]/gu;

/** What a person sees in a terminal, for the few sequences that Sluice uses; colours are left out. */
export class ScreenReader {
  readonly #lines: string[][] = [[]];
  #row = 0;
  #column = 0;

  /** @param columns - of the terminal: longer lines go on in the next */
  constructor(private readonly columns: number) {}

  /** The lines, without those that are empty at the end. */
  get lines(): string[] {
    const lines = this.#lines.map((cells) => cells.join('').trimEnd());
    return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
  }

  write(text: string): void {
    for (const [token, number = '', letter] of text.matchAll(TOKENS)) {
      if (letter !== undefined) this.#obey(letter, number);
      else if (token === '\r') this.#column = 0;
      else if (token === '\n') this.#row += 1;
      else this.#put(token);
    }
  }

  #obey(letter: string, number: string): void {
    if (letter === 'A') this.#row = Math.max(0, this.#row - Number(number || 1));
    else if (letter === 'J') {
      this.#lines.length = Math.min(this.#lines.length, this.#row + 1);
      this.#lines[this.#row]?.splice(this.#column);
    } else if (letter !== 'm') throw new Error(`The screen does not know ${letter}.`);
  }

  #put(character: string): void {
    if (this.#column === this.columns) [this.#row, this.#column] = [this.#row + 1, 0];
    while (this.#lines.length <= this.#row) this.#lines.push([]);
    const line = this.#lines[this.#row]!;
    while (line.length < this.#column) line.push(' ');
    line[this.#column] = character;
    this.#column += 1;
  }
}
