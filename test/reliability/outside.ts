import { startGateway } from '../../dev/stack/gateway.js';
import { LOOPBACK, portOrFree } from '../../src/local/ports.js';
import type { RunningProgram } from '../../src/local/processes.js';
import { startAgent } from '../support/agent.js';
import { shared } from '../support/shared.js';
import { System } from '../support/system.js';
import { Receiver } from '../activities/webhooks/receiver.js';

/** The value of `{{secrets.ci-token}}`. */
export const SECRET = 'hunter2-that-nobody-may-read';

const ENVIRONMENT = {
  SLUICE_CALLBACK_KEY: 'a key of this test alone, 32 characters and more',
  SLUICE_SECRET_CI_TOKEN: SECRET,
};

/** The other systems of a deployment: what it calls, and the processes that stand in between. */
export class Outside {
  readonly programs: RunningProgram[] = [];
  /** How often the worker and the gateway were killed is up to the test. */
  gateway!: RunningProgram;
  worker!: RunningProgram;

  private constructor(
    readonly system: System,
    readonly receiver: Receiver,
    private readonly gatewayAddress: string,
    private readonly settingsFile: string,
  ) {}

  static async start(more = ''): Promise<Outside> {
    const [system, receiver] = await Promise.all([System.start(), Receiver.start()]);
    const address = `${LOOPBACK}:${await portOrFree(undefined, 'the gateway of a test')}`;
    const file = await system.file('outside.yaml', settings(address) + more);
    const outside = new Outside(system, receiver, address, file);
    await Promise.all([outside.startWorker(), outside.startGateway()]);
    return outside;
  }

  async startWorker(): Promise<void> {
    const environment = { ...ENVIRONMENT, SLUICE_SETTINGS: this.settingsFile };
    this.worker = await this.system.startWorker({ environment });
    this.programs.push(this.worker);
  }

  async startGateway(): Promise<void> {
    this.gateway = await startGateway({ ...this.#common, address: this.gatewayAddress });
    this.programs.push(this.gateway);
  }

  async startAgent(identifier: string): Promise<RunningProgram> {
    const agent = await startAgent({ ...this.#common, identifier });
    this.programs.push(agent);
    return agent;
  }

  /** Everything that the processes have printed. */
  printed(): string {
    return this.programs.map((program) => program.printed()).join('\n');
  }

  async stop(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.stop()));
    await Promise.all([this.system.stop(), this.receiver.stop()]);
  }

  get #common() {
    return {
      temporalAddress: shared.temporalAddress,
      namespace: this.system.namespace,
      settingsFile: this.settingsFile,
      environment: ENVIRONMENT,
    };
  }
}

function settings(gatewayAddress: string): string {
  return `callbacks:
  publicUrl: http://${gatewayAddress}
  keys: [{ id: test, secretFrom: { env: SLUICE_CALLBACK_KEY } }]
secrets:
  from: [{ environment: { prefix: SLUICE_SECRET_ } }]
network:
  allow: [127.0.0.0/8]
`;
}
