import type { RawValue } from '@temporalio/common';
import { ApplicationFailure, defineWorkflowOptions, workflowInfo } from '@temporalio/workflow';
import type { Plan } from '../../domain/plan.js';
import type { PreflightOptions, TargetPreflight } from '../../domain/preflight.js';
import { decodeRaw, RAW_INPUT } from '../temporal/raw.js';
import { preflightTargets } from './target.js';

/** The one argument: a plan with some of its targets. */
export interface PageInput {
  plan: Plan;
  options: PreflightOptions;
}

/** Looks at some targets of a large plan: one result for all would be too large for Temporal. */
export async function sluicePreflightPage(raw: RawValue): Promise<TargetPreflight[]> {
  // Only a preflight starts pages, and its plan has been checked.
  if (workflowInfo().parent === undefined) {
    throw ApplicationFailure.nonRetryable(
      'A page is started by the workflow sluicePreflight. Start that instead.',
      'invalidPlan',
    );
  }
  const { plan, options } = decodeRaw(raw) as PageInput;
  return preflightTargets(plan, options);
}

defineWorkflowOptions(sluicePreflightPage, { staticOptions: { typeInfo: RAW_INPUT } });
