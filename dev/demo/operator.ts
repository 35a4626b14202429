import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type DeploymentReport, type GateReport, type Sluice } from '../../src/client.js';
import type { Addressee } from '../../src/domain/commands.js';
import { guard } from '../../src/local/guard.js';
import { neutralEnvironment } from '../../src/local/processes.js';
import type { Stack } from '../stack/stack.js';
import { temporalExecutable } from '../stack/temporalExecutable.js';

/** A deployment that waits, and the gate where it does. */
export interface Held {
  deployment: Addressee;
  gate: GateReport;
  /** What serves the rest of the traffic. */
  previousVersion: string;
  /** What the deployment brings. */
  version: string;
}

/** A person who looks at deployments, and answers with Temporal's own command. */
export class Operator {
  constructor(
    private readonly stack: Stack,
    private readonly interruption: AbortSignal,
  ) {}

  /** Waits until the only function of an application's deployment is held at a gate. */
  async untilHeld(application: string): Promise<Held> {
    const report = await this.#until(application, ({ gates }) => gates.length > 0);
    const { workflowId, runId, targets } = report;
    const deployment = { namespace: this.stack.temporal.namespace, workflowId, runId };
    const [gate] = report.gates;
    const [one] = targets.flatMap(({ progress }) => progress?.functions ?? []);
    const { previousVersion, version } = one ?? {};
    if (gate && version && previousVersion) return { deployment, gate, previousVersion, version };
    throw new Error(`the deployment of ${application} did not wait for anybody.`);
  }

  /** Waits until somebody has to approve, and gives the command that does so. */
  async untilAsked(application: string): Promise<string> {
    const isApproval = ({ kind }: GateReport): boolean => kind === 'approval';
    const { gates } = await this.#until(application, (report) => report.gates.some(isApproval));
    const answers = gates.find(isApproval)?.answers ?? [];
    return answers.find(({ signal }) => signal === 'approve')?.command ?? '';
  }

  async untilEnded(application: string): Promise<DeploymentReport> {
    return this.#until(application, ({ state }) => state !== 'running');
  }

  /** Runs a command of Temporal's as a person would, with the one that is installed here. */
  async run(command: string): Promise<void> {
    this.interruption.throwIfAborted();
    const { address } = this.stack.temporal;
    const child = spawn('sh', ['-c', `temporal() { "$TEMPORAL" "$@"; }\n${command}`], {
      detached: true,
      env: {
        ...neutralEnvironment(),
        TEMPORAL: await temporalExecutable(),
        TEMPORAL_ADDRESS: address,
      },
      killSignal: 'SIGKILL',
      signal: this.interruption,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    guard(child);
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`temporal ended with exit code ${code}.`);
  }

  async #until(
    application: string,
    holds: (report: DeploymentReport) => boolean,
  ): Promise<DeploymentReport> {
    const sluice = await this.#connect();
    try {
      for await (const report of sluice.watch(application, { signal: this.interruption })) {
        if (holds(report)) return report;
      }
    } finally {
      await sluice.close();
    }
    throw new Error(`the deployment of ${application} ended before that.`);
  }

  #connect(): Promise<Sluice> {
    const { address, namespace } = this.stack.temporal;
    return connect({ address, namespace, environment: neutralEnvironment() });
  }
}
