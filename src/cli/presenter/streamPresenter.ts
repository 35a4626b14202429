import type { Answered, Preflight } from '../../client.js';
import type {
  DeploymentFacts,
  DeploymentRecord,
  DeploymentReport,
  WaitingGate,
} from '../../client/report.js';
import type { QueuedDeployment } from '../../client/start.js';
import { defined } from '../../domain/defined.js';
import type { Dropped } from '../../domain/queue.js';
import { terminal, TerminalText } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import { EXIT_CODES, type ExitReason, exitReasonOf } from '../exitCodes.js';
import { type NotAnswered, notAnsweredText } from '../answering/notAnswered.js';
import type { Notice } from '../view/model.js';
import { unknownText } from '../view/unknownWaits.js';
import type { MeantWaiting } from '../which.js';
import type { Encode } from './encoding.js';
import type { Presenter, Started, Unwatched } from './presenter.js';

/**
 * An interface for scripts: one object after the other on stdout, each with `schemaVersion` and
 * `type`, as schema/output.schema.json says. Fields and types may be added; none is taken away or
 * changes its meaning within version 1.
 */
export class StreamPresenter implements Presenter {
  readonly asks = false;

  constructor(
    private readonly console: Console,
    private readonly encode: Encode,
  ) {}

  started(deployment: Started): void {
    this.#write('started', { deployment });
  }

  queued(deployment: QueuedDeployment): void {
    this.#write('queued', { deployment });
  }

  waits(deployment: MeantWaiting): void {
    this.#write('waits', { deployment });
  }

  dropped(deployment: Dropped): void {
    this.#write('dropped', { deployment });
  }

  notice({ text }: Notice): void {
    this.console.err(terminal`${TerminalText.line(text)}\n`);
    this.#write('notice', { text });
  }

  changed(report: DeploymentReport): void {
    this.#write('changed', { deployment: report });
  }

  ended(report: DeploymentReport): void {
    const reason = exitReasonOf(report) ?? 'succeeded';
    this.#write('ended', { deployment: report, exitCode: EXIT_CODES[reason].code });
  }

  detached({ application, waiting }: Unwatched): void {
    this.#write('detached', { application, ...defined({ waiting }) });
  }

  status(report: DeploymentReport): void {
    this.#write('status', { deployment: report });
  }

  running(deployments: readonly DeploymentFacts[]): void {
    this.#write('running', { deployments });
  }

  records(records: readonly DeploymentRecord[]): void {
    for (const deployment of records) this.#write('deployment', { deployment });
  }

  gates(gates: readonly WaitingGate[]): void {
    for (const gate of gates) this.#write('gate', { gate });
  }

  unknownWaits(deployments: readonly DeploymentRecord[]): void {
    for (const deployment of deployments) {
      this.console.err(terminal`${unknownText(deployment)}\n`);
      this.#write('deployment', { deployment });
    }
  }

  answered(answer: Answered): void {
    this.#write('answered', { answer });
  }

  notAnswered(gate: NotAnswered): void {
    this.console.err(terminal`${notAnsweredText(gate)}\n`);
    this.#write('notAnswered', { ...gate });
  }

  preflight(preflight: Preflight, reason: ExitReason): void {
    this.#write('preflight', { preflight, exitCode: EXIT_CODES[reason].code });
  }

  question(): void {}

  close(): void {}

  #write(type: string, content: object): void {
    const at = this.console.now().toISOString();
    this.console.out(this.encode({ schemaVersion: 1, type, at, ...content }));
  }
}
