/** Shows what Sluice does, on a local stack of its own: `npm run demo -- [--keep]`. */
import { parseArgs } from 'node:util';
import { tellStory } from './demo/story.js';
import { readCommandLine } from './stack/commandLine.js';
import { onInterruption } from './stack/interruption.js';
import { awsEndpointOf, type Stack, startStack } from './stack/stack.js';
import { welcome } from './stack/welcome.js';

const USAGE = `Usage: npm run demo -- [options]

Deploys seven times on this machine, to an emulator of AWS, and shows what came of it.

  --keep   leave everything up afterwards, until Ctrl-C
  --help   print this

With AWS_ENDPOINT_URL, what it names is used instead of the emulator.`;

const { keep } = readCommandLine(USAGE, () => {
  const off = { type: 'boolean', default: false } as const;
  return parseArgs({ options: { keep: off, help: off } }).values;
});
const interruption = new AbortController();
let stack: Stack | undefined;

onInterruption((exitCode) => {
  interruption.abort();
  void end(exitCode, '\nStopped.');
});
try {
  console.log('Starting Temporal, the AWS emulator, a worker and a gateway on this machine.');
  stack = await startStack({ awsEndpoint: awsEndpointOf(process.env) });
  await tellStory(stack, interruption.signal);
  if (keep) await keepRunning(stack);
  await end(0);
} catch (error) {
  // What an interruption breaks off is no failure of the demo's.
  if (!interruption.signal.aborted) {
    console.error(`\nThe demo did not go as it should: ${(error as Error).message}`);
    await end(1);
  }
}

async function keepRunning(running: Stack): Promise<void> {
  console.log(await welcome(running));
  const programs = [running.temporal, running.emulator, running.worker, running.gateway];
  await Promise.race(programs.flatMap((program) => program?.ended ?? []));
  throw new Error('a program of the local stack has ended.');
}

async function end(exitCode: number, lastWord?: string): Promise<never> {
  await stack?.stop();
  if (lastWord !== undefined) console.log(lastWord);
  process.exit(exitCode);
}
