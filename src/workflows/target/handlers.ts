import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import type { OperatorRequest } from '../../domain/requests.js';
import { VERB_RECORDS, VERBS } from '../../domain/verbs.js';
import type { TargetState } from '../state/targetState.js';
import { signals, targetStatus, updates } from '../temporal/messages.js';
import { requestOf } from '../temporal/raw.js';
import { effectOf } from './effect.js';

/** A workflow hears only what it has handlers for: they have to be there from its first moment on. */
export function listen(target: TargetState): void {
  setHandler(targetStatus, () => target.progress, {
    description: 'Where this target is, as data.',
  });
  for (const verb of VERBS) {
    const description = VERB_RECORDS[verb].descriptions.target;
    setHandler(signals[verb], (...raw) => void take(target, requestOf(verb, raw)), { description });
    setHandler(updates[verb], (...raw) => ({ done: act(target, requestOf(verb, raw)) }), {
      description,
      validator: (...raw) => refuseUnlessUseful(target, requestOf(verb, raw)),
    });
  }
}

/** A signal has no sender who could be told, so the status tells what became of it. */
function take(target: TargetState, request: OperatorRequest): void {
  const effect = effectOf(target, request);
  if ('ignored' in effect) target.gates.ignore(request.verb, effect.ignored);
  else effect.act();
}

function act(target: TargetState, request: OperatorRequest): string {
  const effect = effectOf(target, request);
  return 'ignored' in effect ? effect.ignored : effect.act();
}

function refuseUnlessUseful(target: TargetState, request: OperatorRequest): void {
  const effect = effectOf(target, request);
  if ('ignored' in effect) throw ApplicationFailure.nonRetryable(effect.ignored, 'notAccepted');
}
