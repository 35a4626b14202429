import type { RawValue, SignalDefinition, UpdateDefinition } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { CANCEL_SIGNAL, GATES_SIGNAL, STATUS_QUERY } from '../../domain/names.js';
import type { DeploymentProgress, TargetProgress } from '../../domain/status.js';
import { VERBS, type Verb } from '../../domain/verbs.js';
import { RAW_INPUT } from './raw.js';

const raw = { typeInfo: RAW_INPUT };

export const deploymentStatus = defineQuery<DeploymentProgress, RawValue[]>(STATUS_QUERY, raw);
export const targetStatus = defineQuery<TargetProgress, RawValue[]>(STATUS_QUERY, raw);

/** What an update answers: what was done, in a sentence. */
export interface UpdateResult {
  done: string;
}

/** What a target tells its deployment. */
export const gatesChanged = defineSignal<RawValue[]>(GATES_SIGNAL, raw);

/** Cancels a deployment, as Temporal's own cancellation does, and says who wants it. */
export const cancel = defineSignal<RawValue[]>(CANCEL_SIGNAL, raw);

function forEachVerb<Definition>(
  define: (verb: Verb) => Definition,
): Readonly<Record<Verb, Definition>> {
  return Object.fromEntries(VERBS.map((verb) => [verb, define(verb)])) as Record<Verb, Definition>;
}

/** For people and scripts: they never fail, and the status tells what became of them. */
export const signals = forEachVerb((verb): SignalDefinition<RawValue[]> =>
  defineSignal<RawValue[]>(verb, raw),
);

/** For services: they are refused with a reason, or answered. */
export const updates = forEachVerb((verb): UpdateDefinition<UpdateResult, RawValue[]> =>
  defineUpdate<UpdateResult, RawValue[]>(verb, raw),
);
