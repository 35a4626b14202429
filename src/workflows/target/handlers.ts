import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import { VERBS, type OperatorRequest, type Verb } from '../../domain/requests.js';
import { effectOf } from './effect.js';
import { signals, targetStatus, updates } from '../temporal/messages.js';
import { requestOf } from '../temporal/raw.js';
import type { TargetState } from '../state/targetState.js';

const DESCRIPTIONS: Readonly<Record<Verb, string>> = {
  approve: 'Approves what waits for it. Input: nothing, or {"gate", "by", "role", "comment"}.',
  reject: 'Rejects what waits for an approval. Input: nothing, or {"gate", "by", "comment"}.',
  rollback: 'Takes back everything that was changed here. Input: nothing, or {"by", "comment"}.',
  retry: 'Tries a stuck rollback again at once. Input: nothing, or {"by", "comment"}.',
  abandon: 'Gives a stuck rollback up and leaves everything as it is. Input: as for retry.',
  webhookCallback:
    'Answers a webhook in the place of what it called. Input: {"gate", "success": true or false}.',
  skipPause: 'Ends a pause now. Input: nothing, or {"gate", "by", "comment"}.',
};

/** A workflow hears only what it has handlers for: they have to be there from its first moment on. */
export function listen(target: TargetState): void {
  setHandler(targetStatus, () => target.progress, {
    description: 'Where this target is, as data.',
  });
  for (const verb of VERBS) {
    const description = DESCRIPTIONS[verb];
    setHandler(signals[verb], (...raw) => void take(target, requestOf(verb, raw)), { description });
    setHandler(updates[verb], (...raw) => ({ done: act(target, requestOf(verb, raw)) }), {
      description,
      validator: (...raw) => refuseUnlessUseful(target, requestOf(verb, raw)),
    });
  }
}

/** A signal has no sender who could be told, so the status tells what became of it. */
function take(target: TargetState, request: OperatorRequest): void {
  const meaning = effectOf(target, request);
  if ('ignored' in meaning) target.gates.ignore(request.verb, meaning.ignored);
  else meaning.act();
}

function act(target: TargetState, request: OperatorRequest): string {
  const meaning = effectOf(target, request);
  return 'ignored' in meaning ? meaning.ignored : meaning.act();
}

function refuseUnlessUseful(target: TargetState, request: OperatorRequest): void {
  const meaning = effectOf(target, request);
  if ('ignored' in meaning) throw ApplicationFailure.nonRetryable(meaning.ignored, 'notAccepted');
}
