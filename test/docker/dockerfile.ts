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

  /** The images of others that its stages begin with. */
  get images(): string[] {
    const stages = this.values('FROM').map((value) => value.split(' AS '));
    const own = stages.map(([, name]) => name);
    return stages.flatMap(([image = '']) => (own.includes(image) ? [] : image));
  }

  /** The value in the last stage, or in what that begins with. */
  last(name: string): string {
    return valueIn(this.lastStage, name);
  }

  get lastStage(): Instruction[] {
    return this.#from(this.#instructions.findLastIndex(({ name }) => name === 'FROM'));
  }

  /** A stage and what it begins with. */
  stage(name: string): Instruction[] {
    return this.#from(this.#instructions.findIndex((one) => isStage(one, name)));
  }

  #from(begin: number): Instruction[] {
    const [from, ...rest] = this.#instructions.slice(begin);
    const end = rest.findIndex(({ name }) => name === 'FROM');
    const own = end < 0 ? rest : rest.slice(0, end);
    const base = from?.value.split(' AS ')[0] ?? '';
    const isOwn = this.#instructions.some((one) => isStage(one, base));
    return [...(isOwn ? this.stage(base) : []), ...own];
  }

  /** What it copies from the checkout. */
  get sources(): string[] {
    const copies = this.values('COPY').filter((value) => !value.startsWith('--from='));
    return copies.flatMap((value) => value.split(/ +/).slice(0, -1));
  }
}

/** The value that holds at the end of a stage. */
export function valueIn(stage: readonly Instruction[], name: string): string {
  return stage.findLast((one) => one.name === name)?.value ?? '';
}

function isStage({ name, value }: Instruction, stage: string): boolean {
  return name === 'FROM' && value.endsWith(` AS ${stage}`);
}
