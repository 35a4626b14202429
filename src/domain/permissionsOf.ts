import { PERMISSIONS, type Permission } from './permissions.js';
import type { WriteOperation } from './release.js';

/** The actions that taking one write back needs beside the write's own. */
const TAKING_BACK: Readonly<Record<WriteOperation, readonly string[]>> = {
  CreateFunction: [
    'lambda:DeleteFunction',
    'lambda:ListTags',
    'lambda:ListAliases',
    'lambda:ListVersionsByFunction',
    'lambda:GetFunctionConcurrency',
    'lambda:ListFunctionUrlConfigs',
    'lambda:GetPolicy',
    'lambda:ListEventSourceMappings',
  ],
  CreateAlias: [
    'lambda:DeleteAlias',
    'lambda:ListFunctionUrlConfigs',
    'lambda:GetPolicy',
    'lambda:ListEventSourceMappings',
  ],
  UpdateFunctionConfiguration: [],
  UpdateFunctionCode: [],
  PublishVersion: [],
  UpdateAlias: [],
  TagResource: ['lambda:UntagResource', 'lambda:TagResource'],
  UntagResource: ['lambda:TagResource'],
  PutFunctionConcurrency: ['lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency'],
  DeleteFunctionConcurrency: ['lambda:PutFunctionConcurrency'],
  PutRuntimeManagementConfig: [],
  PutFunctionRecursionConfig: [],
  PutProvisionedConcurrencyConfig: [
    'lambda:GetProvisionedConcurrencyConfig',
    'lambda:ListAliases',
    'lambda:DeleteProvisionedConcurrencyConfig',
  ],
  DeleteProvisionedConcurrencyConfig: ['lambda:PutProvisionedConcurrencyConfig'],
};

/** Old versions are deleted after a success, which is none of the writes. */
const OF_WRITES = PERMISSIONS.filter(({ purpose }) => purpose !== 'keepVersions');

/** What a deploy role needs for some writes: on the way forward, and for the way back alone. */
export interface NeededPermissions {
  forward: Permission[];
  back: Permission[];
}

/** The permissions to Lambda that some writes to a function need. */
export function permissionsFor(writes: readonly WriteOperation[]): NeededPermissions {
  const forward = new Set(writes.flatMap(forwardActions));
  const back = writes.flatMap((write) => TAKING_BACK[write]);
  return {
    forward: OF_WRITES.filter(({ action }) => forward.has(action)),
    back: OF_WRITES.filter(({ action }) => back.includes(action) && !forward.has(action)),
  };
}

function forwardActions(write: WriteOperation): string[] {
  return [`lambda:${write}`, ...(write === 'CreateFunction' ? ['lambda:TagResource'] : [])];
}
