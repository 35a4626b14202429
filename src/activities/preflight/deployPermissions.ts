import {
  SimulatePrincipalPolicyCommand,
  type ContextEntry,
  type EvaluationResult,
} from '@aws-sdk/client-iam';
import { accountOf } from '../../domain/arns.js';
import { readImageUri } from '../../domain/images.js';
import { isImage, type PinnedPackage } from '../../domain/packages.js';
import { PERMISSIONS, type Permission, type PermissionPurpose } from '../../domain/permissions.js';
import { permissionsFor } from '../../domain/permissionsOf.js';
import type { Findings } from '../../domain/preflight.js';
import type { WriteOperation } from '../../domain/release.js';
import { folderOf } from '../../domain/replacedCode.js';
import type { FunctionAccess } from '../access.js';
import { notChecked, problem, together, warning } from './checking.js';
import type { IdentityApi } from '../identityApi.js';

/** What a deployment would do with the permissions of its deploy role. */
export interface Intent {
  writes: readonly WriteOperation[];
  /** The execution role that the function would be given. */
  passesRole?: string;
  /** The execution role that a rollback would give back. */
  passesRoleBack?: string;
  /** Layers that the function would be given. */
  layers: readonly string[];
  /** Layers that a rollback would give back. */
  layersBack: readonly string[];
  /** Whether the function would be connected to a VPC. */
  connects?: boolean;
  /** ARNs of the access points of the file systems that it would be given. */
  accessPoints?: readonly string[];
  /** ARNs of the keys that it would be given. */
  givenKeys?: readonly string[];
  /** The package whose code the function would be given. */
  package?: PinnedPackage;
  /** The image that a rollback would give back, by its digest. */
  imageBack?: string;
  /** `s3://bucket/folder/`, where the code that is replaced is to be kept, if it is. */
  replacedCode?: string;
}

/** Some actions on one resource. */
interface PermissionQuestion {
  actions: string[];
  resource: string;
  /** What needs them. */
  by: 'deployment' | 'rollback' | 'keeping' | 'key' | 'repository' | 'tidying';
}

/**
 * Asks IAM which permissions the deploy role lacks. IAM knows the role's own policies, its boundary
 * and the organisation's, and not what the policies of buckets and functions add.
 */
export async function deployPermissions(api: IdentityApi, intent: Intent): Promise<Findings> {
  return answersTo(api, questionsOf(api, intent));
}

/** Asks whether the deploy role may delete old versions, of which this is one. */
export async function deletionPermission(api: IdentityApi, version: string): Promise<Findings> {
  const resource = `${functionArn(api.access)}:${version}`;
  return answersTo(api, [{ actions: actionsFor('keepVersions'), resource, by: 'tidying' }]);
}

async function answersTo(
  api: IdentityApi,
  questions: readonly PermissionQuestion[],
): Promise<Findings> {
  const answers = await Promise.all(
    questions.map(async (question) => {
      const results = await ask(api, question);
      return together(results.map((result) => judged(api, question, result)));
    }),
  );
  return together(answers);
}

function questionsOf(api: IdentityApi, intent: Intent): PermissionQuestion[] {
  const { forward, back } = permissionsFor(intent.writes);
  const pass = (resource: string, by: PermissionQuestion['by']): PermissionQuestion => ({
    actions: ['iam:PassRole'],
    resource,
    by,
  });
  const layer = (resource: string, by: PermissionQuestion['by']): PermissionQuestion => ({
    actions: ['lambda:GetLayerVersion'],
    resource,
    by,
  });
  return [
    ...byResource(api, forward, 'deployment'),
    ...byResource(api, back, 'rollback'),
    ...keeping(api, intent),
    ...ofImage(api, intent),
    ...ofSettings(intent),
    ...intent.layers.map((arn) => layer(arn, 'deployment')),
    ...intent.layersBack.map((arn) => layer(arn, 'rollback')),
    ...(intent.passesRole === undefined ? [] : [pass(intent.passesRole, 'deployment')]),
    ...(intent.passesRoleBack === undefined ? [] : [pass(intent.passesRoleBack, 'rollback')]),
  ];
}

/** Of what AWS looks at with the rights of whoever gives it to a function. */
function ofSettings({ connects, accessPoints = [], givenKeys = [] }: Intent): PermissionQuestion[] {
  const networks: PermissionQuestion = {
    actions: actionsFor('networks'),
    resource: '*',
    by: 'deployment',
  };
  return [
    ...(connects === true ? [networks] : []),
    ...accessPoints.map((resource): PermissionQuestion => ({
      actions: actionsFor('fileSystems'),
      resource,
      by: 'deployment',
    })),
    ...givenKeys.map((resource): PermissionQuestion => ({
      actions: actionsFor('givenKeys'),
      resource,
      by: 'key',
    })),
  ];
}

function actionsFor(purpose: PermissionPurpose): string[] {
  return PERMISSIONS.filter((one) => one.purpose === purpose).map(({ action }) => action);
}

/** Of keeping the code that is replaced. */
function keeping({ access }: IdentityApi, { replacedCode }: Intent): PermissionQuestion[] {
  if (replacedCode === undefined) return [];
  const { bucket, prefix } = folderOf(replacedCode, access.function);
  const resource = `arn:${partitionOf(access)}:s3:::${bucket}/${prefix}*`;
  return [{ actions: ['s3:PutObject', 's3:GetObject'], resource, by: 'keeping' }];
}

/** Of fetching an image, which Lambda does with the rights of whoever gives it to a function. */
function ofImage(
  { access }: IdentityApi,
  { package: pinned }: Pick<Intent, 'package'>,
): PermissionQuestion[] {
  if (pinned === undefined || !isImage(pinned)) return [];
  const { region, registryId, repository } = readImageUri(pinned.imageUri) ?? {};
  if (region === undefined) return [];
  const resource = `arn:${partitionOf(access)}:ecr:${region}:${registryId}:repository/${repository}`;
  return [{ actions: actionsFor('images'), resource, by: 'repository' }];
}

function functionArn(access: FunctionAccess): string {
  const { deployRoleArn, region, function: name } = access;
  return `arn:${partitionOf(access)}:lambda:${region}:${accountOf(deployRoleArn)}:function:${name}`;
}

function partitionOf({ deployRoleArn }: FunctionAccess): string {
  return deployRoleArn.split(':')[1] ?? 'aws';
}

/** Actions that take no narrower resource are asked about apart from the others. */
function byResource(
  api: IdentityApi,
  permissions: Permission[],
  by: PermissionQuestion['by'],
): PermissionQuestion[] {
  const question = (any: boolean): PermissionQuestion => ({
    actions: permissions.filter(({ on }) => (on === 'any') === any).map(({ action }) => action),
    resource: any ? '*' : functionArn(api.access),
    by,
  });
  return [question(false), question(true)].filter(({ actions }) => actions.length > 0);
}

async function ask(
  api: IdentityApi,
  { actions, resource }: PermissionQuestion,
): Promise<EvaluationResult[]> {
  const { deployRoleArn, region } = api.access;
  const answer = await api.read(
    `find the permissions that ${deployRoleArn} lacks`,
    (client, options) =>
      client.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: deployRoleArn,
          ActionNames: actions,
          ResourceArns: [resource],
          ContextEntries: contextOf(region),
        }),
        options,
      ),
  );
  return answer.EvaluationResults ?? [];
}

/** What policies ask about a request and IAM cannot know here. */
function contextOf(region: string): ContextEntry[] {
  const entry = (ContextKeyName: string, value: string): ContextEntry => ({
    ContextKeyName,
    ContextKeyType: 'string',
    ContextKeyValues: [value],
  });
  return [
    entry('aws:RequestedRegion', region),
    entry('iam:PassedToService', 'lambda.amazonaws.com'),
  ];
}

function judged(
  { access }: IdentityApi,
  { resource, by }: PermissionQuestion,
  { EvalActionName: action = '', EvalDecision, MissingContextValues }: EvaluationResult,
): Findings {
  if (EvalDecision === 'allowed') return together([]);
  if ((MissingContextValues ?? []).length > 0) {
    const why = `The answer for ${action} depends on ${MissingContextValues?.join(', ')}.`;
    return warning(notChecked('permissions', why));
  }
  const denied = EvalDecision === 'explicitDeny' ? 'is denied' : 'lacks';
  const message = `The deploy role ${access.deployRoleArn} ${denied} ${action} on ${resource}`;
  const remedy = `Give ${access.deployRoleArn} ${action}.`;
  const { target, function: name } = access;
  if (by === 'deployment') {
    return problem({
      code: 'accessDenied',
      message: `${message}.`,
      remedy,
      target,
      function: name,
    });
  }
  if (by === 'key' || by === 'repository') {
    const why = `${message}, unless the policy of the ${by} itself gives it.`;
    return warning(notChecked('permissions', why));
  }
  if (by === 'keeping') {
    return warning({
      code: 'codeNotKept',
      message: `${message}, so the code of ${name} that is replaced would not be kept: a rollback would have to send it.`,
      remedy,
    });
  }
  if (by === 'tidying') {
    return warning({
      code: 'versionsNotDeleted',
      message: `${message}, so old versions of ${name} would not be deleted.`,
      remedy,
    });
  }
  return warning({
    code: 'rollbackLacksPermission',
    message: `${message}, which a rollback needs: it would be stuck.`,
    remedy,
  });
}
