import { styleText } from 'node:util';
import type { Stack } from '../stack/stack.js';
import type { Answer } from './lambda.js';

/** What the demo says between the deployments, which speak for themselves. */
export class Narrator {
  readonly #startedAt = performance.now();
  #chapters = 0;

  places({ temporal, awsEndpoint, emulator }: Stack): void {
    console.log(`  Temporal UI   ${temporal.uiUrl ?? 'none'}`);
    console.log(`  AWS           ${awsEndpoint}${emulator ? ' (emulator)' : ' (yours)'}`);
  }

  chapter(title: string, command: string): void {
    this.#chapters += 1;
    console.log(`\n${bold(`${this.#chapters}. ${title}`)}`);
    console.log(dim(`$ ./bin/sluice ${command}`));
  }

  answer(who: string, { text }: Answer): void {
    console.log(`  ${who} answers ${text}`);
  }

  end({ temporal }: Stack, lines: string[]): void {
    const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(0);
    console.log(`\n${bold('What happened')} (in ${seconds} seconds)`);
    for (const line of lines) console.log(`  - ${line}`);
    console.log(`\nEvery deployment is a Temporal workflow: ${temporal.uiUrl ?? ''}`);
    console.log(dim('With `npm run demo -- --keep` the stack stays up for a look around.'));
  }
}

const styled =
  (style: 'bold' | 'dim') =>
  (text: string): string =>
    process.stdout.hasColors?.() === true ? styleText(style, text) : text;
const bold = styled('bold');
const dim = styled('dim');
