import type { RawValue } from '@temporalio/common';
import { defineQuery, defineSignal } from '@temporalio/workflow';
import { STATUS_QUERY } from '../domain/names.js';
import type { DeploymentProgress, TargetProgress } from '../domain/status.js';
import { RAW_INPUT } from './raw.js';

const raw = { typeInfo: RAW_INPUT };

export const deploymentStatus = defineQuery<DeploymentProgress, RawValue[]>(STATUS_QUERY, raw);
export const targetStatus = defineQuery<TargetProgress, RawValue[]>(STATUS_QUERY, raw);

/** Tries a stuck rollback again at once. */
export const retry = defineSignal<RawValue[]>('retry', raw);
/** Gives a stuck rollback up: the target ends in `rollbackFailed`. */
export const abandon = defineSignal<RawValue[]>('abandon', raw);
