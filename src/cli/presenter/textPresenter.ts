import stringWidth from 'string-width';
import type { Answered, Preflight } from '../../client.js';
import type {
  DeploymentFacts,
  DeploymentRecord,
  DeploymentReport,
  WaitingGate,
} from '../../client/report.js';
import type { QueuedDeployment } from '../../client/start.js';
import { deploymentWords } from '../../domain/commands.js';
import { printable } from '../../domain/printable.js';
import { type Dropped, droppedText } from '../../domain/queue.js';
import { terminal, TerminalText } from '../../domain/terminalText.js';
import { type Answering, commandOf } from '../answering/choices.js';
import { type NotAnswered, notAnsweredText } from '../answering/notAnswered.js';
import type { Console } from '../console.js';
import { recordLines } from '../view/recordLines.js';
import { deploymentView } from '../view/deploymentView.js';
import { gateLines } from '../view/gateLines.js';
import type { DeploymentView, Notice } from '../view/model.js';
import { coloured, type Paint, plain } from '../view/paint.js';
import { preflightLines } from '../view/preflightView.js';
import { oneLine, shown } from '../view/text.js';
import { renderTree } from '../view/tree.js';
import { unknownText } from '../view/unknownWaits.js';
import { padded } from '../view/width.js';
import { momentText } from '../view/words.js';
import type { MeantWaiting } from '../which.js';
import type { Presenter, Started, Unwatched } from './presenter.js';

/** Where a watched deployment is shown. */
export interface Screen {
  notice(notice: Notice): void;
  show(view: DeploymentView): void;
  /** Shows the last of it. */
  end(view: DeploymentView): void;
  /** Asks below what is shown, or no longer does. */
  question(text: string | undefined): void;
  close(): void;
}

/** Says everything in words, for people. */
export class TextPresenter implements Presenter {
  readonly asks = true;
  readonly #paint: Paint;

  /** @param missingWorker - what to say while nothing polls the task queue */
  constructor(
    private readonly console: Console,
    private readonly screen: Screen,
    private readonly missingWorker: Notice,
  ) {
    this.#paint = console.colours ? coloured : plain;
  }

  started(deployment: Started): void {
    const { application, deploymentId, workflowId, runId, link } = deployment;
    const rows = [
      ['deployment', deploymentId],
      ['workflow', oneLine(workflowId)],
      ['run', runId],
      ...(link === undefined ? [] : [['link', link]]),
    ];
    const lines = rows.map(([name = '', value]) => `  ${name.padEnd(10)}  ${value}`);
    this.#print([`Started the deployment of ${oneLine(application)}.`, ...lines]);
  }

  queued({ application, deploymentId, running, replaced }: QueuedDeployment): void {
    const other = oneLine(running.deploymentId ?? running.runId);
    const by = running.startedBy === undefined ? '' : ` by ${oneLine(running.startedBy)}`;
    this.#print([
      `Queued the deployment of ${oneLine(application)}: it starts when deployment ${other}${by} has ended.`,
      `  deployment  ${deploymentId}`,
      ...(replaced === undefined
        ? []
        : [
            `It takes the place of deployment ${oneLine(replaced.deploymentId)}, which will not run.`,
          ]),
    ]);
  }

  waits({ application, deploymentId, startedBy, queuedAt }: MeantWaiting): void {
    const by = startedBy === undefined ? '' : ` by ${startedBy}`;
    const queued = `queued${by} at ${momentText(queuedAt)}`;
    this.#print([
      oneLine(`Deployment ${deploymentId} of ${application}, ${queued}, waits for its turn.`),
    ]);
  }

  dropped(deployment: Dropped): void {
    this.#print([oneLine(droppedText(deployment))]);
  }

  notice(notice: Notice): void {
    this.screen.notice(notice);
  }

  changed(report: DeploymentReport): void {
    this.screen.show(this.#view(report));
  }

  ended(report: DeploymentReport): void {
    this.screen.end(this.#view(report));
  }

  detached({ application, waiting: deploymentId }: Unwatched): void {
    this.screen.close();
    const goesOn = deploymentId === undefined ? 'it goes on' : 'it keeps its place in the queue';
    const words = deploymentWords({ application, ...(deploymentId && { deploymentId }) });
    this.#print([
      '',
      `You no longer watch the deployment; ${goesOn}.`,
      printable(`Watch it again with: sluice deploy watch ${words}`),
    ]);
  }

  status(report: DeploymentReport): void {
    const now = this.console.now().toISOString();
    const options = { paint: this.#paint, width: Infinity, height: Infinity, now };
    this.#print(renderTree(this.#view(report), options));
  }

  running(deployments: readonly DeploymentFacts[], none: string): void {
    if (deployments.length === 0) return this.#print([none]);
    const names = deployments.map(({ application }) => oneLine(application));
    const width = Math.max(...names.map((name) => stringWidth(name)));
    this.#print(
      deployments.map(({ deploymentId, startedAt }, index) => {
        const id = deploymentId === undefined ? '' : `  deployment ${oneLine(deploymentId)}`;
        return `${padded(names[index] ?? '', width)}  started at ${startedAt}${id}`;
      }),
    );
  }

  records(records: readonly DeploymentRecord[], more?: string): void {
    const now = this.console.now().toISOString();
    const width = this.console.drawable ? this.console.size().columns : Infinity;
    if (records.length > 0) this.#print(recordLines(records, { paint: this.#paint, width, now }));
    if (more !== undefined) this.console.err(terminal`${more}\n`);
  }

  gates(gates: readonly WaitingGate[], answering?: Answering): void {
    const now = this.console.now().toISOString();
    const chosen = answering && {
      commandOf: (gate: WaitingGate) => commandOf(gate, answering),
    };
    this.#print(gateLines(gates, { paint: this.#paint, now, ...chosen }));
  }

  unknownWaits(deployments: readonly DeploymentRecord[]): void {
    for (const one of deployments) this.console.err(terminal`${unknownText(one)}\n`);
  }

  answered({ application, done }: Answered): void {
    this.#print([`${oneLine(application)}: ${oneLine(done)}`]);
  }

  notAnswered(gate: NotAnswered): void {
    this.console.err(terminal`${notAnsweredText(gate)}\n`);
  }

  preflight(preflight: Preflight): void {
    this.#print(preflightLines(preflight, this.#paint));
  }

  question(text: string | undefined): void {
    this.screen.question(text && oneLine(text));
  }

  close(): void {
    this.screen.close();
  }

  #view(report: DeploymentReport): DeploymentView {
    return shown(deploymentView(report, this.missingWorker));
  }

  #print(lines: readonly (string | TerminalText)[]): void {
    this.console.out(terminal`${TerminalText.lines(lines.map((line) => terminal`${line}`))}\n`);
  }
}
