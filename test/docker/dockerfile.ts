import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/setup/paths.js';

interface Instruction {
  name: string;
  value: string;
}

/** A Dockerfile, as far as the tests look at it. */
export class Dockerfile {
  readonly #instructions: Instruction[];

  constructor(readonly path: string) {
    const lines = readFileSync(join(root, path), 'utf8').split('\n');
    const text = lines.filter((line) => !line.startsWith('#')).join('\n');
    const joined = text.replaceAll('\\\n', ' ').split('\n');
    this.#instructions = joined.flatMap((line) => {
      const [, name, value] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
      return name && value ? [{ name, value }] : [];
    });
  }

  values(name: string): string[] {
    return this.#instructions.filter((one) => one.name === name).map(({ value }) => value);
  }

  /** The value in the last stage. */
  last(name: string): string {
    return this.lastStage.findLast((one) => one.name === name)?.value ?? '';
  }

  get lastStage(): Instruction[] {
    const begin = this.#instructions.findLastIndex(({ name }) => name === 'FROM');
    return this.#instructions.slice(begin);
  }

  /** What it copies from the checkout. */
  get sources(): string[] {
    const copies = this.values('COPY').filter((value) => !value.startsWith('--from='));
    return copies.flatMap((value) => value.split(/ +/).slice(0, -1));
  }
}
