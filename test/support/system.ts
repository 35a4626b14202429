import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { guard } from '../../src/local/guard.js';
import type { RunningProgram } from '../../src/local/processes.js';
import { startWorker } from '../../dev/stack/worker.js';
import { deploymentWorkflowId, targetWorkflowId } from '../../src/domain/names.js';
import type { DeploymentOutcome, TargetOutcome } from '../../src/domain/outcomes.js';
import { runHere, type Ran } from '../cli/inProcess.js';
import { makeNamespace } from './namespace.js';
import { outcomeOf } from './outcomes.js';
import { shared } from './shared.js';

const sluice = fileURLToPath(new URL('../../bin/sluice', import.meta.url));

export interface SystemWorker {
  /** The content of its settings file. */
  settings?: string;
  /** The emulator, unless something stands in between. */
  awsEndpoint?: string;
  /** host:port; the system's Temporal server, unless something stands in between. */
  temporalAddress?: string;
  /** More for its environment. */
  environment?: Record<string, string>;
}

/** A namespace of a Temporal server. */
export interface TemporalPlace {
  /** host:port */
  address: string;
  namespace: string;
}

/** The command and worker processes, in a namespace of the shared Temporal server. */
export class System {
  readonly #workers: RunningProgram[] = [];

  private constructor(
    readonly temporal: TemporalPlace,
    readonly client: Client,
    private readonly folder: string,
  ) {}

  /** @param temporal - by default a namespace of its own on the shared server */
  static async start(temporal?: TemporalPlace): Promise<System> {
    const place = temporal ?? {
      address: shared.temporalAddress,
      namespace: await makeNamespace(),
    };
    const { address, namespace } = place;
    const connection = await Connection.connect({ address });
    const folder = await mkdtemp(join(tmpdir(), 'sluice-test-'));
    return new System(place, new Client({ connection, namespace }), folder);
  }

  /** In a namespace of its own, with a worker that runs. */
  static async withWorker(worker: SystemWorker = {}): Promise<System> {
    const system = await System.start();
    await system.startWorker(worker);
    return system;
  }

  get namespace(): string {
    return this.temporal.namespace;
  }

  async startWorker({ settings, ...options }: SystemWorker = {}): Promise<RunningProgram> {
    const worker = await startWorker({
      temporalAddress: this.temporal.address,
      namespace: this.namespace,
      awsEndpoint: shared.awsEndpoint,
      ...(settings !== undefined && { settingsFile: await this.file('settings.yaml', settings) }),
      ...options,
    });
    this.#workers.push(worker);
    return worker;
  }

  /** Writes a file of the test's and gives its path. */
  async file(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    return path;
  }

  /** Runs the built command to its end, in a process of its own. */
  async run(args: readonly string[], environment: Record<string, string> = {}): Promise<Ran> {
    const child = spawn(process.execPath, [sluice, ...args], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.environment, ...environment },
    });
    guard(child);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [exitCode] = (await once(child, 'close')) as [number];
    return { exitCode, stdout, stderr };
  }

  /** `sluice deploy start`, watched to its end, in this process. */
  async deploy(deployment: string): Promise<Ran> {
    const file = await this.file('deploy.yaml', deployment);
    const { environment } = this;
    return runHere(['deploy', 'start', '-f', file, '--watch'], { environment });
  }

  async outcome(application: string): Promise<DeploymentOutcome> {
    return outcomeOf(this.client.workflow.getHandle(deploymentWorkflowId(application)));
  }

  async targetOutcome(application: string, target: string): Promise<TargetOutcome> {
    const id = targetWorkflowId(application, target);
    return this.client.workflow.getHandle(id).result() as Promise<TargetOutcome>;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    await this.client.connection.close();
    await rm(this.folder, { recursive: true });
  }

  /** What a process needs to find this system. */
  get environment(): Record<string, string> {
    return {
      TEMPORAL_ADDRESS: this.temporal.address,
      TEMPORAL_NAMESPACE: this.namespace,
      NO_COLOR: '1',
    };
  }
}
