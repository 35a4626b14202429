import { Connection } from '@temporalio/client';
import { LOOPBACK, portOrFree, startOnFreePorts } from './ports.js';
import { type RunningProgram, startProgram } from './processes.js';

/** How a development server of Temporal is started. */
export interface TemporalOptions {
  /** The `temporal` program: a path, or a name on the PATH. */
  command: string;
  /** A sentence about the command that follows when it does not start, after a space. */
  origin?: string;
  /** A free one by default. */
  port?: number | undefined;
  /** A free one by default. */
  uiPort?: number | undefined;
  /** A file to keep the state in; in memory otherwise, and gone with the server. */
  dbFile?: string | undefined;
  /** `default` by default. */
  namespace?: string;
  /** Without the web page. */
  headless?: boolean;
}

/** A development server of Temporal that runs on this machine. */
export interface LocalTemporal extends RunningProgram {
  /** host:port */
  address: string;
  namespace: string;
  /** The web page's address; undefined without one. */
  uiUrl?: string;
}

/**
 * A development server polls its own queues a few times a second. It is alone on this machine, so
 * it may do so all the time: a workflow is three times as fast.
 */
const DYNAMIC_CONFIG = {
  'history.transferProcessorMaxPollRPS': 1000,
  'history.transferProcessorMaxPollHostRPS': 10_000,
  'history.timerProcessorMaxPollRPS': 1000,
  'history.visibilityProcessorMaxPollRPS': 1000,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  'system.enableActivityEagerExecution': true,
  'system.enableEagerWorkflowStart': true,
};

/**
 * Starts Temporal's development server and waits until its namespace can be used.
 *
 * @throws SluiceError `addressInUse` when a port that was asked for is taken
 * @throws Error with the server's last lines when it does not start
 */
export async function startTemporalServer(options: TemporalOptions): Promise<LocalTemporal> {
  // A port that was asked for stays taken.
  if (options.port !== undefined) return startOnce(options);
  return startOnFreePorts('address already in use', () => startOnce(options));
}

async function startOnce(options: TemporalOptions): Promise<LocalTemporal> {
  const { namespace = 'default', headless = false } = options;
  const port = await portOrFree(options.port, 'the Temporal server');
  const uiPort = headless ? undefined : await portOrFree(options.uiPort, 'the Temporal UI');
  const address = `${LOOPBACK}:${port}`;
  const program = await startProgram({
    name: 'The Temporal server',
    command: options.command,
    ...(options.origin !== undefined && { origin: options.origin }),
    args: [
      ...['server', 'start-dev', '--ip', LOOPBACK, '--port', String(port)],
      ...['--namespace', namespace],
      ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
      ...(options.dbFile === undefined ? [] : ['--db-filename', options.dbFile]),
      ...Object.entries(DYNAMIC_CONFIG).flatMap(([key, value]) => [
        '--dynamic-config-value',
        `${key}=${JSON.stringify(value)}`,
      ]),
    ],
    isReady: () => serves(address, namespace),
  });
  const uiUrl = uiPort === undefined ? {} : { uiUrl: `http://${LOOPBACK}:${uiPort}` };
  return { ...program, ...uiUrl, address, namespace };
}

async function serves(address: string, namespace: string): Promise<boolean> {
  const connection = Connection.lazy({ address, connectTimeout: 1000 });
  try {
    await connection.withDeadline(Date.now() + 1000, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
