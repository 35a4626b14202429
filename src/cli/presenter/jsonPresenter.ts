import type { DeploymentFacts, DeploymentReport } from '../../client/report.js';
import type { QueuedDeployment } from '../../client/start.js';
import type { Dropped } from '../../domain/queue.js';
import type { Console } from '../console.js';
import { EXIT_CODES, exitReasonOf } from '../exitCodes.js';
import type { Notice } from '../view/model.js';
import type { Presenter, Started } from './presenter.js';

/**
 * An interface for scripts: one JSON object in each line of stdout, each with `schemaVersion` and
 * `type`. Fields may be added; none is taken away or changes its meaning within version 1.
 */
export class JsonPresenter implements Presenter {
  constructor(private readonly console: Console) {}

  started(deployment: Started): void {
    this.#line('started', { deployment });
  }

  queued(deployment: QueuedDeployment): void {
    this.#line('queued', { deployment });
  }

  dropped(deployment: Dropped): void {
    this.#line('dropped', { deployment });
  }

  notice({ text }: Notice): void {
    this.console.err(`${text}\n`);
    this.#line('notice', { text });
  }

  changed(report: DeploymentReport): void {
    this.#line('changed', { deployment: report });
  }

  ended(report: DeploymentReport): void {
    const reason = exitReasonOf(report) ?? 'succeeded';
    this.#line('ended', { deployment: report, exitCode: EXIT_CODES[reason].code });
  }

  detached(application: string): void {
    this.#line('detached', { application });
  }

  status(report: DeploymentReport): void {
    this.#line('status', { deployment: report });
  }

  running(deployments: readonly DeploymentFacts[]): void {
    this.#line('running', { deployments });
  }

  close(): void {}

  #line(type: string, content: object): void {
    const at = this.console.now().toISOString();
    this.console.out(`${JSON.stringify({ schemaVersion: 1, type, at, ...content })}\n`);
  }
}
