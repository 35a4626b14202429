import { defined } from '../domain/defined.js';
import {
  PERMISSIONS,
  type Permission,
  type PermissionPurpose,
  type PermissionResource,
} from '../domain/permissions.js';
import type { DeployRole } from './role.js';

/** A statement of an IAM policy, in which CloudFormation fills in `${AWS::…}`. */
export interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

const OWN = '${AWS::Partition}:lambda:*:${AWS::AccountId}';

const RESOURCES: Readonly<Record<PermissionResource, (role: DeployRole) => string[]>> = {
  function: ({ functions }) => functions.map(functionArn),
  // A pattern that ends with * matches the version behind the name, too.
  qualifiedFunction: ({ functions }) =>
    functions.flatMap((name) =>
      name.endsWith('*') ? [functionArn(name)] : [functionArn(name), functionArn(`${name}:*`)],
    ),
  version: ({ functions }) => functions.map((name) => functionArn(`${name}:*`)),
  package: ({ buckets }) => buckets.map((name) => `arn:\${AWS::Partition}:s3:::${name}/*`),
  repository: ({ repositories }) => repositories.map(repositoryArn),
  replacedCode: ({ replacedCode }) =>
    replacedCode.map((place) => `arn:\${AWS::Partition}:s3:::${place.slice('s3://'.length)}*`),
  bucket: ({ buckets }) => buckets.map((name) => `arn:\${AWS::Partition}:s3:::${name}`),
  executionRole: ({ executionRoles }) => [...executionRoles],
  layer: ({ layers }) => layers.map((arn) => `${arn}:*`),
  key: ({ keys }) => [...keys],
  givenKey: ({ givenKeys }) => [...givenKeys],
  fileSystem: () => ['arn:${AWS::Partition}:elasticfilesystem:*:${AWS::AccountId}:*'],
  deployRole: ({ path, name }) => [
    `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role${path}${name}`,
  ],
  any: () => ['*'],
};

/** @param address - `ACCOUNT.dkr.ecr.REGION.…/NAME` */
function repositoryArn(address: string): string {
  const [registry = '', ...name] = address.split('/');
  const [account = '', , , region = ''] = registry.split('.');
  return `arn:\${AWS::Partition}:ecr:${region}:${account}:repository/${name.join('/')}`;
}

function functionArn(name: string): string {
  return `arn:${OWN}:function:${name}`;
}

const SIDS: Readonly<Record<PermissionResource, string>> = {
  function: 'Functions',
  qualifiedFunction: 'FunctionsAndVersions',
  version: 'Versions',
  package: 'Packages',
  repository: 'Repositories',
  replacedCode: 'Code',
  bucket: 'Buckets',
  executionRole: 'ExecutionRoles',
  layer: 'Layers',
  key: 'Keys',
  givenKey: 'GivenKeys',
  fileSystem: 'FileSystems',
  deployRole: 'DeployRole',
  any: 'Account',
};

const SID_BEGINNINGS: Readonly<Record<PermissionPurpose, string>> = {
  deploy: '',
  layers: '',
  images: '',
  functionWide: 'Whole',
  keepVersions: 'Old',
  replacedCode: 'Replaced',
  keys: '',
  givenKeys: '',
  networks: 'Network',
  fileSystems: '',
  analysis: 'Analysis',
  plan: 'Plan',
};

/** What keeps a permission to what it is for, by its action. */
const CONDITIONS: Readonly<Record<string, Statement['Condition']>> = {
  'iam:PassRole': { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  // Only AWS sets this key, to the service that uses the key for the role.
  'kms:Decrypt': { StringLike: { 'kms:ViaService': ['lambda.*', 's3.*'] } },
  'kms:CreateGrant': { StringLike: { 'kms:ViaService': ['lambda.*'] } },
  'kms:GenerateDataKey': { StringLike: { 'kms:ViaService': ['s3.*'] } },
};

/** What the role may do: each permission that it needs, on what it was made for. */
export function statementsOf(role: DeployRole): Statement[] {
  const wanted = PERMISSIONS.filter(({ purpose }) => isWanted(purpose, role));
  const sids = [...new Set(wanted.map(sidOf))];
  return sids.flatMap((sid) => {
    const group = wanted.filter((one) => sidOf(one) === sid);
    return statementOf(sid, group, role);
  });
}

function isWanted(purpose: PermissionPurpose, role: DeployRole): boolean {
  const { cloudWatch, plan, replacedCode, functionWide, keepVersions, networks, fileSystems } =
    role;
  if (purpose === 'functionWide') return functionWide;
  if (purpose === 'keepVersions') return keepVersions;
  if (purpose === 'analysis') return cloudWatch;
  if (purpose === 'networks') return networks;
  if (purpose === 'fileSystems') return fileSystems;
  if (purpose === 'replacedCode') return replacedCode.length > 0;
  return purpose !== 'plan' || plan;
}

function sidOf({ purpose, on }: Permission): string {
  return SID_BEGINNINGS[purpose] + SIDS[on];
}

/** What there is nothing of needs no statement. */
function statementOf(sid: string, group: readonly Permission[], role: DeployRole): Statement[] {
  const resources = group.slice(0, 1).flatMap(({ on }) => RESOURCES[on](role));
  const condition = group.map(({ action }) => CONDITIONS[action]).find(Boolean);
  if (resources.length === 0) return [];
  return [
    {
      Sid: sid,
      Effect: 'Allow',
      Action: group.map(({ action }) => action),
      Resource: resources,
      ...defined({ Condition: condition }),
    },
  ];
}
