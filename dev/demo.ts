/** Shows what Sluice does, on a local stack of its own: `npm run demo -- [--keep]`. */
import { parseArgs } from 'node:util';
import { tellStory } from './demo/story.js';
import { welcome } from './stack/welcome.js';
import { type Stack, startStack } from './stack/stack.js';

let stack: Stack | undefined;
let interrupted = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    interrupted = true;
    void end(signal === 'SIGINT' ? 130 : 143);
  });
}

try {
  const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
  console.log('Starting Temporal, the AWS emulator and a worker on this machine.');
  stack = await startStack({ awsEndpoint: process.env['AWS_ENDPOINT_URL'] });
  await tellStory(stack);
  if (values.keep) await keepRunning(stack);
  await end(0);
} catch (error) {
  // What an interruption breaks off is no failure of the demo's.
  if (!interrupted) {
    console.error(`\nThe demo did not go as it should: ${(error as Error).message}`);
    await end(1);
  }
}

async function keepRunning(running: Stack): Promise<void> {
  console.log(welcome(running));
  const programs = [running.temporal, running.emulator, running.worker];
  await Promise.race(programs.flatMap((program) => program?.ended ?? []));
  throw new Error('a program of the local stack has ended.');
}

async function end(exitCode: number): Promise<never> {
  await stack?.stop();
  process.exit(exitCode);
}
