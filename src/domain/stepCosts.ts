import type { AnalysisStep, Plan, RunWebhookStep, Step, TargetPlan } from './plan.js';
import { templatesIn } from './templateUses.js';
import { jsonBytes, sum, weigh, type Weighed } from './weighed.js';

/** How much is asked by one activity: a payload of Temporal's has at most 2 MiB. */
export const MAX_ASKED = 50;
export const MAX_ASKED_BYTES = 256 * 1024;

/** What an activity's input has at most beside what the step says, in bytes: names, ids, an ARN. */
const AROUND_BYTES = 2048;

/** The same for each query of a run. */
const AROUND_QUERY_BYTES = 1024;

/** A step that sends something. */
type SendingStep = RunWebhookStep | AnalysisStep;

/** An amount that grows with the functions of a target. */
interface Amount {
  fixed: number;
  perFunction: number;
}

/** What a step sends, whatever the target. */
interface StepCost {
  /** The webhook or the queries, in bytes, and how many they are. */
  bytes: Amount;
  asked: Amount;
  /** What every batch of them brings along, in bytes; and how often it names the account. */
  around: Amount;
  accountNames: number;
}

/**
 * What the steps of a plan send to activities: never less than it is. Every step, webhook and query
 * is weighed once, however many targets have it.
 */
export class StepCosts {
  readonly #weighed = new Map<string, Weighed>();
  readonly #steps = new Map<Step, StepCost>();
  readonly #lists = new Map<readonly Step[], number>();

  constructor(private readonly plan: Plan) {}

  /** What a step sends in the moment in which it sends most, in bytes of JSON. */
  at(target: TargetPlan, step: Step): number {
    if (!isSending(step)) return 0;
    const { bytes, asked, around, accountNames } = this.#costOf(step);
    const functions = target.functions.length + (target.restores?.length ?? 0);
    const sent = amountFor(functions, bytes);
    const batches =
      step.type === 'runWebhook'
        ? 1
        : 1 + Math.ceil((2 * sent) / MAX_ASKED_BYTES) + amountFor(functions, asked) / MAX_ASKED;
    const account = accountNames * jsonBytes(target.account);
    return sent + batches * (amountFor(functions, around) + account);
  }

  /** What steps need in the input of a target's workflow, in bytes of JSON. */
  ofList(steps: readonly Step[]): number {
    const known = this.#lists.get(steps);
    if (known !== undefined) return known;
    const used = new Set(steps.flatMap((step) => this.usedBy(step)));
    const keys = new Set([...used].flatMap(({ contextUses }) => [...contextUses.keys()]));
    const bytes =
      jsonBytes(steps) +
      sum([...used].map((one) => one.bytes)) +
      sum([...keys].map((key) => jsonBytes([key, this.plan.context[key]])));
    this.#lists.set(steps, bytes);
    return bytes;
  }

  /** The webhook or the queries of a step. */
  usedBy(step: Step): Weighed[] {
    if (step.type === 'runWebhook') return [this.#webhook(step.webhook)];
    return step.type === 'analysis' ? step.queries.map(({ query }) => this.#query(query)) : [];
  }

  /** How long the templates of a webhook or a query are once a step has filled them in, at least. */
  filledLength({ plainLength, contextUses }: Weighed, step: SendingStep): number {
    const values = [...contextUses].map(([key, uses]) => uses * this.#value(key, step).length);
    return plainLength + sum(values);
  }

  #costOf(step: SendingStep): StepCost {
    const known = this.#steps.get(step);
    if (known !== undefined) return known;
    const used = this.usedBy(step);
    const isAnalysis = step.type === 'analysis';
    const shared = used.filter((one) => !isAnalysis || one.valueBytesOfFunction === 0);
    const own = used.filter((one) => isAnalysis && one.valueBytesOfFunction > 0);
    const bytesOf = (all: readonly Weighed[]) =>
      sum(all.map(({ bytes }) => bytes + AROUND_QUERY_BYTES));
    const keys = new Set(used.flatMap(({ contextUses }) => [...contextUses.keys()]));
    const context = sum([...keys].map((key) => jsonBytes([key, this.#value(key, step)])));
    const cost = {
      bytes: { fixed: bytesOf(shared), perFunction: bytesOf(own) },
      asked: { fixed: shared.length, perFunction: own.length },
      around: {
        fixed: AROUND_BYTES + context + sum(used.map(({ valueBytes }) => valueBytes)),
        perFunction: sum(used.map(({ valueBytesOfFunction }) => valueBytesOfFunction)),
      },
      accountNames: used.filter(({ usesAccountName }) => usesAccountName).length,
    };
    this.#steps.set(step, cost);
    return cost;
  }

  #value(key: string, { context }: SendingStep): string {
    const given = [context, this.plan.context].find((each) => Object.hasOwn(each, key));
    return given?.[key] ?? '';
  }

  #webhook(name: string): Weighed {
    const webhook = this.plan.webhooks[name];
    return this.#once(`the webhook ${name}`, webhook, () => webhook && templatesIn(webhook));
  }

  #query(name: string): Weighed {
    const query = this.plan.queries[name];
    return this.#once(`the query ${name}`, query, () => query && [query.template]);
  }

  #once(what: string, own: unknown, templates: () => string[] | undefined): Weighed {
    const known = this.#weighed.get(what);
    if (known !== undefined) return known;
    const weighed = weigh(what, { what, own }, templates() ?? []);
    this.#weighed.set(what, weighed);
    return weighed;
  }
}

export function isSending(step: Step): step is SendingStep {
  return step.type === 'runWebhook' || step.type === 'analysis';
}

function amountFor(functions: number, { fixed, perFunction }: Amount): number {
  return fixed + Math.max(1, functions) * perFunction;
}
