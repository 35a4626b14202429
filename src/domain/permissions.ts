/**
 * What a permission is given on. AWS checks some actions against the version or alias that the
 * request names; only those get the ARNs with a qualifier, too.
 */
export const PERMISSION_RESOURCES = {
  function: 'the functions',
  qualifiedFunction: 'the functions, their versions and aliases',
  version: 'the versions of the functions',
  package: 'the objects in the buckets',
  repository: 'the repositories of the images',
  replacedCode: 'the objects in the folders of replaced code',
  bucket: 'the buckets',
  executionRole: 'the execution roles',
  layer: 'the versions of the layers',
  key: 'the keys',
  givenKey: 'the keys that functions are given',
  fileSystem: 'the file systems of the account',
  deployRole: 'the deploy role itself',
  any: 'everything: AWS takes nothing narrower',
} as const;

export type PermissionResource = keyof typeof PERMISSION_RESOURCES;

/** When a deploy role needs a permission. */
export const PERMISSION_PURPOSES = {
  deploy: 'always',
  layers: 'functions have layers',
  images: 'functions are container images',
  replacedCode: 'files say where replaced code is kept (`replacedCode`)',
  functionWide:
    'files name what belongs to whole functions: tags, reserved concurrency and the like',
  keepVersions: 'files say how many versions are kept (`keepVersions`)',
  keys: 'packages or environments are encrypted with keys of your own',
  givenKeys: 'files give functions keys (`kmsKeyArn`, `sourceKmsKeyArn`)',
  networks: 'files connect functions to a VPC (`vpcConfig`)',
  fileSystems: 'files give functions file systems (`fileSystemConfigs`)',
  analysis: 'analyses ask CloudWatch with the deploy role',
  plan: '`sluice deploy plan` looks for what would fail',
} as const;

export type PermissionPurpose = keyof typeof PERMISSION_PURPOSES;

/** One IAM action that a deploy role needs. */
export interface Permission {
  /** As IAM writes it, such as `lambda:GetFunction`. */
  action: string;
  on: PermissionResource;
  purpose: PermissionPurpose;
  /** What it is for, as a phrase. */
  use: string;
}

const permission =
  (purpose: PermissionPurpose) =>
  (action: string, on: PermissionResource, use: string): Permission => ({
    action,
    on,
    purpose,
    use,
  });

const always = permission('deploy');
const forPlans = permission('plan');
const forWide = permission('functionWide');
const forImages = permission('images');
const toKeep = permission('replacedCode');
const forKeys = permission('givenKeys');
const toDelete = permission('keepVersions');

const keeping = (thing: string): string =>
  `keep a created function that has got ${thing} meanwhile`;
const giving = (thing: string, old: string): string =>
  `give a function its ${thing}, and the old ${old} back`;

/**
 * Every IAM action that a deploy role needs, and nothing else. `sluice aws create-role` makes
 * policies of it, `sluice deploy plan` looks for what a role lacks of it, and a test holds it
 * against the requests that the activities send.
 *
 * Which resources an action takes, and that CreateFunction needs PassRole, TagResource and
 * GetLayerVersion for what it is given:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html, and its
 * sister pages for S3, IAM, KMS and CloudWatch. What no table there says:
 * - GetFunction is checked against the version that is asked for: AWS names it when it refuses,
 *   https://github.com/aws-samples/personalization-apis/issues/6
 * - GetFunction on a function with tags needs ListTags:
 *   https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
 * - Lambda reads a package with the rights of the request, and says so when it cannot:
 *   https://github.com/buildkite/elastic-ci-stack-for-aws/issues/564
 * - an image is fetched with the rights of the request, too, most surely from another account; that the
 *   policy of the repository lets Lambda fetch it, a deploy role is not there to bring about
 *   (ecr:SetRepositoryPolicy): https://docs.aws.amazon.com/lambda/latest/dg/images-create.html and
 *   https://repost.aws/knowledge-center/lambda-ecr-image
 * - environments under a key of one's own are seen by those who may use the key:
 *   https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html, which also
 *   says what giving a function a key takes; for the key of its code:
 *   https://docs.aws.amazon.com/lambda/latest/dg/encrypt-zip-package.html
 * - EC2 is asked about subnets and security groups with the rights of the request, and EFS about
 *   mount targets:
 *   https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html and
 *   https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html
 */
export const PERMISSIONS: readonly Permission[] = [
  always(
    'lambda:GetFunction',
    'qualifiedFunction',
    'see code and settings, wait for AWS to carry out a change, fetch old code for a rollback',
  ),
  always('lambda:ListTags', 'function', 'get the tags with GetFunction: they tell who created it'),
  always('lambda:GetAlias', 'qualifiedFunction', 'see where the traffic goes'),
  always('lambda:CreateFunction', 'function', 'create a function that does not exist yet'),
  always(
    'lambda:TagResource',
    'function',
    'mark a function with its deployment as it is created, and give functions their tags',
  ),
  always('lambda:UpdateFunctionConfiguration', 'function', 'change settings, and put them back'),
  always(
    'lambda:UpdateFunctionCode',
    'function',
    'change code, put it back, and ask with a dry run which code a package has',
  ),
  always('lambda:PublishVersion', 'function', 'publish the version to go back to, and the new one'),
  always('lambda:CreateAlias', 'qualifiedFunction', 'create an alias that does not exist yet'),
  always('lambda:UpdateAlias', 'qualifiedFunction', 'move traffic, there and back'),
  always(
    'lambda:ListProvisionedConcurrencyConfigs',
    'function',
    'see which versions have provisioned concurrency',
  ),
  always(
    'lambda:GetProvisionedConcurrencyConfig',
    'qualifiedFunction',
    'wait for provisioned concurrency',
  ),
  always(
    'lambda:PutProvisionedConcurrencyConfig',
    'qualifiedFunction',
    'give the new version its provisioned concurrency, and the old one its own back',
  ),
  always(
    'lambda:DeleteProvisionedConcurrencyConfig',
    'qualifiedFunction',
    'take provisioned concurrency from the version that no longer serves',
  ),
  always('lambda:DeleteAlias', 'qualifiedFunction', 'take back an alias that was created'),
  always('lambda:DeleteFunction', 'function', 'take back a function that was created'),
  always('lambda:ListAliases', 'function', keeping('another alias')),
  always(
    'lambda:ListVersionsByFunction',
    'function',
    `${keeping('another version')}, and find the package of code that is to be kept`,
  ),
  always('lambda:GetPolicy', 'qualifiedFunction', keeping('a permission to invoke it')),
  always('lambda:ListEventSourceMappings', 'any', keeping('an event source')),
  always('lambda:ListFunctionUrlConfigs', 'function', keeping('a URL')),
  always('lambda:GetFunctionConcurrency', 'function', keeping('reserved concurrency')),
  always(
    'lambda:GetAccountSettings',
    'any',
    'see, before the first write, how much room for code the account has left',
  ),
  always('s3:GetObject', 'package', 'read a package; Lambda reads it with the same rights'),
  always('s3:GetObjectVersion', 'package', 'read the very version that a deployment has fixed'),
  always('iam:PassRole', 'executionRole', giving('execution role', 'one')),
  permission('layers')('lambda:GetLayerVersion', 'layer', giving('layers', 'ones')),
  forImages(
    'ecr:DescribeImages',
    'repository',
    'see which image a tag names, and whether it is there',
  ),
  forImages('ecr:BatchGetImage', 'repository', 'have Lambda fetch an image, there and back'),
  forImages(
    'ecr:GetDownloadUrlForLayer',
    'repository',
    'have Lambda fetch an image, there and back',
  ),
  permission('keys')('kms:Decrypt', 'key', 'read what is encrypted with a key of your own'),
  forWide('lambda:UntagResource', 'function', 'take tags away again that were not there'),
  forWide('lambda:PutFunctionConcurrency', 'function', 'reserve concurrency, there and back'),
  forWide('lambda:DeleteFunctionConcurrency', 'function', 'reserve none, there and back'),
  forWide('lambda:GetRuntimeManagementConfig', 'function', 'see when AWS updates the runtime'),
  forWide('lambda:PutRuntimeManagementConfig', 'function', 'change that, and put it back'),
  forWide('lambda:GetFunctionRecursionConfig', 'function', 'see what becomes of recursive loops'),
  forWide('lambda:PutFunctionRecursionConfig', 'function', 'change that, and put it back'),
  toDelete('lambda:DeleteFunction', 'version', 'delete old versions after a success'),
  forKeys(
    'kms:CreateGrant',
    'givenKey',
    'let Lambda use the key of an environment, there and back',
  ),
  forKeys('kms:Encrypt', 'givenKey', 'have an environment encrypted with it'),
  forKeys('kms:Decrypt', 'givenKey', 'see what is encrypted with it'),
  forKeys('kms:GenerateDataKey', 'givenKey', 'have code encrypted with it'),
  ...['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'].map((action) =>
    permission('networks')(action, 'any', 'connect a function to a VPC, there and back'),
  ),
  permission('fileSystems')(
    'elasticfilesystem:DescribeMountTargets',
    'fileSystem',
    giving('file system', 'one'),
  ),
  toKeep('s3:PutObject', 'replacedCode', 'keep code before it is replaced'),
  toKeep('s3:GetObject', 'replacedCode', 'have Lambda fetch it from there on the way back'),
  toKeep('kms:GenerateDataKey', 'key', 'keep it in a bucket that has a key of your own'),
  permission('analysis')('cloudwatch:GetMetricData', 'any', 'ask for the numbers of an analysis'),
  forPlans('s3:ListBucket', 'bucket', 'tell a package that is missing from one it may not read'),
  forPlans('iam:GetRole', 'executionRole', 'see whether Lambda may use an execution role'),
  forPlans('iam:SimulatePrincipalPolicy', 'deployRole', 'find the permissions that are missing'),
];
