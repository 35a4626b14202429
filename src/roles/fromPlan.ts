import { accountOf } from '../domain/arns.js';
import { repositoryOf } from '../domain/images.js';
import { isImage } from '../domain/packages.js';
import type { FunctionSettings, Plan, TargetPlan } from '../domain/plan.js';
import { SluiceError } from '../errors.js';
import type { RoleOfFile } from './role.js';

/**
 * What a deployment needs of its deploy role. A role is made in one account at a time.
 *
 * @throws SluiceError `invalidArguments` when the targets have several deploy roles
 */
export function roleOfPlan({ targets }: Plan): RoleOfFile {
  const roles = unique(targets.map(({ deployRoleArn }) => deployRoleArn));
  const [arn = ''] = roles;
  if (roles.length > 1) throw severalRoles(roles, targets);
  const [, path = '/', name = ''] = /^[^/]*:role(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  const functions = targets.flatMap((target) => target.functions);
  return {
    name,
    path,
    account: accountOf(arn),
    functions: unique(functions.map((one) => one.name)),
    buckets: unique(functions.flatMap(({ package: code }) => (isImage(code) ? [] : code.bucket))),
    repositories: unique(
      functions.flatMap(({ package: code }) => (isImage(code) ? repositoryOf(code.imageUri) : [])),
    ),
    replacedCode: unique(functions.flatMap(({ replacedCode }) => replacedCode ?? [])),
    executionRoles: unique(functions.map(({ settings }) => settings.role)),
    functionWide: functions.some(({ functionWide }) => functionWide !== undefined),
    keepVersions: functions.some(({ keepVersions }) => keepVersions !== undefined),
    layers: unique(functions.flatMap(({ settings }) => settings.layers ?? [])),
    givenKeys: unique(functions.flatMap(({ settings }) => keysOf(settings))),
    networks: functions.some(({ settings }) => (settings.vpcConfig?.subnetIds.length ?? 0) > 0),
    fileSystems: functions.some(({ settings }) => (settings.fileSystemConfigs?.length ?? 0) > 0),
  };
}

function keysOf({ kmsKeyArn = '', sourceKmsKeyArn = '' }: FunctionSettings): string[] {
  return [kmsKeyArn, sourceKmsKeyArn].filter((arn) => arn !== '');
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function severalRoles(roles: readonly string[], targets: readonly TargetPlan[]): SluiceError {
  const lines = roles.map((role) => {
    const names = targets.filter((one) => one.deployRoleArn === role).map(({ name }) => name);
    return `- ${role}: ${names.map((name) => `-t ${shown(name)}`).join(' ')}`;
  });
  return new SluiceError(
    'invalidArguments',
    [
      `The targets have ${roles.length} deploy roles, and one role is made at a time. Choose its targets:`,
      ...lines,
    ].join('\n'),
  );
}

/** As a shell takes it. */
function shown(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : JSON.stringify(name);
}
