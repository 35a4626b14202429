import type { DeploymentReport, GateReport } from '../../client.js';
import { messageOf } from '../../errors.js';
import type { Keyboard } from './keyboard.js';

/** What was typed sooner than this after a question is no answer to it, in milliseconds. */
const DEAF_MS = 250;

/** Longer answers than `yes` are none. */
const MAX_TYPED = 10;

interface Asking {
  keyboard: Keyboard;
  /** Shows a question, or a remark; undefined for neither. */
  show: (text: string | undefined) => void;
  /** @returns what was done, in a sentence */
  approve: (gate: GateReport, runId: string) => Promise<string>;
  now: () => Date;
}

/**
 * Asks the person at the terminal about approvals, one gate after the other. Each is asked about
 * once: who says no answers later, with the command.
 */
export class Approvals {
  readonly #settled = new Set<string>();
  #gate: GateReport | undefined;
  #typed = '';
  #deafUntil = 0;
  #remark: string | undefined;
  #runId = '';

  constructor(private readonly asking: Asking) {}

  /** Asks about what is open now. A question whose gate has closed is taken back. */
  update({ gates, runId }: Pick<DeploymentReport, 'gates' | 'runId'>): void {
    this.#runId = runId;
    const open = gates.filter((gate) => gate.kind === 'approval' && !this.#settled.has(gate.id));
    const same = open.find(({ id }) => id === this.#gate?.id);
    if (same === undefined) this.#askAbout(open[0]);
    else this.#gate = same;
    this.#show();
  }

  close(): void {
    this.#gate = undefined;
    this.asking.keyboard.rest();
    this.asking.show(undefined);
  }

  #askAbout(gate: GateReport | undefined): void {
    this.#gate = gate;
    this.#typed = '';
    if (gate === undefined) return this.asking.keyboard.rest();
    this.#remark = undefined;
    this.#deafUntil = this.asking.now().getTime() + DEAF_MS;
    this.asking.keyboard.listen((key) => this.#take(key));
  }

  #show(): void {
    const question = this.#gate && `${questionOf(this.#gate)} [y/N] ${this.#typed}`;
    this.asking.show(question ?? this.#remark);
  }

  #take(key: string): void {
    if (this.#gate === undefined || this.asking.now().getTime() < this.#deafUntil) return;
    if (key === '\r' || key === '\n') return this.#decide(this.#gate, this.#typed.trim());
    if (key === '\u007F' || key === '\b') this.#typed = this.#typed.slice(0, -1);
    else if (/^[\p{L}\p{N} ]$/u.test(key)) this.#typed = (this.#typed + key).slice(0, MAX_TYPED);
    this.#show();
  }

  #decide(gate: GateReport, typed: string): void {
    const answer = typed.toLowerCase();
    const isYes = answer === 'y' || answer === 'yes';
    if (!isYes && answer !== '' && answer !== 'n' && answer !== 'no') {
      this.#typed = '';
      return this.#show();
    }
    this.#settled.add(gate.id);
    this.#askAbout(undefined);
    this.#remark = isYes ? `${gate.id}: approving …` : undefined;
    this.#show();
    if (isYes) void this.#approve(gate);
  }

  async #approve(gate: GateReport): Promise<void> {
    try {
      this.#remark = await this.asking.approve(gate, this.#runId);
    } catch (error) {
      this.#remark = `${gate.id} was not approved: ${messageOf(error)}`;
    }
    this.#show();
  }
}

function questionOf({ id, roles }: GateReport): string {
  const [role] = roles ?? [];
  return `approve ${id}${role === undefined ? '' : ` as ${role}`}?`;
}
