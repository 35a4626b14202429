/** Runs the local stack until Ctrl-C: `npm run dev -- [--port N] [--ui-port N] [--settings FILE]`. */
import { parseArgs } from 'node:util';
import { readCommandLine } from './stack/commandLine.js';
import { onInterruption } from './stack/interruption.js';
import { awsEndpointOf, type Stack, startStack } from './stack/stack.js';
import { welcome } from './stack/welcome.js';

const USAGE = `Usage: npm run dev -- [options]

Starts Temporal, an emulator of AWS with metrics of its invocations, a worker and a gateway on
this machine, until Ctrl-C.

  --port N      the port of the Temporal server (default: a free one)
  --ui-port N   the port of the Temporal UI (default: a free one)
  --settings F  a settings file of your own for the worker and the gateway; the stack's gateway and
                metrics are added where it names none
  --help        print this

With AWS_ENDPOINT_URL, what it names is used instead of the emulator.`;

const options = readCommandLine(USAGE, () => {
  const text = { type: 'string' } as const;
  const help = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ options: { port: text, 'ui-port': text, settings: text, help } });
  return {
    help: values.help,
    port: readPort(values.port),
    uiPort: readPort(values['ui-port']),
    settings: values.settings,
  };
});
let stack: Stack | undefined;
let stopping = false;

onInterruption(() => void stop(0));
try {
  console.log('Starting Temporal, the AWS emulator, a worker and a gateway.');
  stack = await startStack({ ...options, awsEndpoint: awsEndpointOf(process.env) });
  console.log(await welcome(stack));
  for (const program of [stack.temporal, stack.emulator, stack.worker, stack.gateway]) {
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

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${text} is not a port. Give a number between 1 and 65535.`);
}
