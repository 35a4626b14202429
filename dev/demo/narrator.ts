import { styleText } from 'node:util';
import type { Stack } from '../stack/stack.js';
import type { Answer } from './lambda.js';

/** What the demo says between the deployments, which speak for themselves. */
export class Narrator {
  readonly #startedAt = performance.now();
  #chapters = 0;

  /** @param interruption after which nothing more is said, nor done */
  constructor(private readonly interruption: AbortSignal) {}

  places({ temporal, awsEndpoint, emulator }: Stack): void {
    this.#say(`  Temporal UI   ${temporal.uiUrl ?? 'none'}`);
    const whose = emulator ? 'emulator' : 'named by AWS_ENDPOINT_URL';
    this.#say(`  AWS           ${awsEndpoint} (${whose})`);
  }

  chapter(title: string, command: string): void {
    this.#chapters += 1;
    this.#say(`\n${bold(`${this.#chapters}. ${title}`)}`);
    this.command(command);
  }

  /** What is run next, for a shell. */
  command(text: string): void {
    this.#say(dim(`$ ${text}`));
  }

  answer(who: string, { text }: Answer): void {
    this.#say(`  ${who} answers ${text}`);
  }

  traffic(who: string, what: string): void {
    this.#say(`  ${who}: ${what}`);
  }

  end({ temporal }: Stack, lines: string[]): void {
    const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(0);
    this.#say(`\n${bold('What happened')} (in ${seconds} seconds)`);
    for (const line of lines) this.#say(`  - ${line}`);
    this.#say(`\nEvery deployment is a Temporal workflow: ${temporal.uiUrl ?? ''}`);
    this.#say(dim('With `npm run demo -- --keep` the stack stays up for a look around.'));
  }

  #say(line: string): void {
    this.interruption.throwIfAborted();
    console.log(line);
  }
}

const styled =
  (style: 'bold' | 'dim') =>
  (text: string): string =>
    process.stdout.hasColors?.() === true ? styleText(style, text) : text;
const bold = styled('bold');
const dim = styled('dim');
