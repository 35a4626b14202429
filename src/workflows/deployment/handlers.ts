import { setHandler } from '@temporalio/workflow';
import { VERB_RECORDS, VERBS } from '../../domain/verbs.js';
import { cancel, deploymentStatus, gatesChanged, signals, updates } from '../temporal/messages.js';
import { decodeRaw, requestOf } from '../temporal/raw.js';
import type { Inbox } from './inbox.js';

/** A workflow hears only what it has handlers for: they have to be there from its first moment on. */
export function listen(inbox: Inbox): void {
  setHandler(deploymentStatus, (page) => inbox.progress(decodeRaw(page)), {
    description: 'Where each target is. Input: {"offset": n} for the targets from the n-th on.',
  });
  for (const verb of VERBS) {
    setHandler(signals[verb], (...raw) => inbox.take(requestOf(verb, raw)), {
      description: VERB_RECORDS[verb].descriptions.deployment,
    });
  }
  setHandler(updates.rollback, (...raw) => inbox.rollBack(requestOf('rollback', raw)), {
    description: VERB_RECORDS.rollback.descriptions.deployment,
    validator: (...raw) => inbox.assertCanRollBack(requestOf('rollback', raw)),
  });
  setHandler(cancel, (...raw) => inbox.cancel(requestOf('rollback', raw)), {
    description:
      'Cancels the deployment, as Temporal does, and records who wants it. Input: nothing, or {"by", "comment"}.',
  });
  setHandler(gatesChanged, (raw) => inbox.announced(decodeRaw(raw)), {
    description: 'Sent by the targets: where they wait, and whether they go back.',
  });
}
