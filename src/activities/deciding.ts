import type { Failure } from '../domain/failures.js';
import type { OnNoData, Webhook } from '../domain/plan.js';
import type { LinkedRun } from '../domain/runLink.js';
import type { TargetAccess } from '../domain/target.js';

/** A step that another system decides. */
export interface DecidingInput extends TargetAccess {
  /** The gate that stands for the step. */
  gate: string;
  /** The values of `{{context.…}}`, those of the step and of the file. */
  context: Record<string, string>;
  /** The values of `{{sluice.…}}` that the workflow knows, without the prefix. */
  variables: Record<string, string>;
}

export interface WebhookInput extends DecidingInput {
  /** The webhook's name. */
  name: string;
  webhook: Webhook;
  /** The run of the deployment, where the templates link to it. */
  deployment?: LinkedRun;
  /** When the callback is waited for no longer, ISO 8601. Absent: it is not waited for. */
  callbackExpiresAt?: string;
}

/** How a call ended. A failure is an answer, too: the workflow decides whether to try again. */
export type CallResult =
  | { status: number }
  | {
      failure: Failure;
      /** Whether the same call may go well later. */
      retryable: boolean;
      /** For how long the called system asks to be left alone, in milliseconds. */
      retryAfterMs?: number;
    };

export interface MeasureInput extends DecidingInput {
  queries: MeasuredQuery[];
  /** Where the look-back begins and ends. ISO 8601. */
  from: string;
  to: string;
  /** Until when what has no answer is asked again. ISO 8601. */
  giveUpAt: string;
}

/** One query for one function. */
export interface MeasuredQuery {
  query: string;
  /** The name of a metric provider in the worker's settings. */
  provider: string;
  template: string;
  /** Only `retry` asks again when there is no data. */
  onNoData: OnNoData;
  /** The function, where the template speaks of one and the target has several. */
  function?: string;
  /** Further values of `{{sluice.…}}`, such as the function's. */
  variables: Record<string, string>;
}
