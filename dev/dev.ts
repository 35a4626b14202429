/** Runs the local stack until Ctrl-C: `npm run dev -- [--port N] [--ui-port N]`. */
import { parseArgs } from 'node:util';
import { welcome } from './stack/welcome.js';
import { type Stack, type StackOptions, startStack } from './stack/stack.js';

let stack: Stack | undefined;
let stopping = false;

// A second signal ends this process at once, and the guardian ends what it leaves behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void stop(0));
}
try {
  const options = readOptions();
  console.log('Starting Temporal, the AWS emulator and a worker.');
  stack = await startStack(options);
  console.log(welcome(stack));
  for (const program of [stack.temporal, stack.emulator, stack.worker]) {
    void program?.ended.then(() => stopAfter(program.name));
  }
} catch (error) {
  console.error((error as Error).message);
  await stop(1);
}

async function stopAfter(name: string): Promise<void> {
  if (stopping) return;
  console.error(`${name} has ended, so everything else stops too.`);
  await stop(1);
}

async function stop(exitCode: number): Promise<never> {
  stopping = true;
  await stack?.stop();
  process.exit(exitCode);
}

function readOptions(): StackOptions {
  const port = { type: 'string' } as const;
  const { values } = parseArgs({ options: { port, 'ui-port': port } });
  return {
    port: readPort(values.port),
    uiPort: readPort(values['ui-port']),
    awsEndpoint: process.env['AWS_ENDPOINT_URL'],
  };
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${text} is not a port. Give a number between 1 and 65535.`);
}
