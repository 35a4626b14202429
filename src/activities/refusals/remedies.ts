import { accountOf } from '../../domain/arns.js';
import type { FailureCode } from '../../domain/failures.js';
import { isOptIn } from '../../domain/regions.js';
import { makeRoom } from '../../domain/roomForCode.js';

/** Whose request it was. */
export interface Asker {
  deployRoleArn: string;
  region: string;
}

/**
 * How to mend what AWS refuses. On the way back it refuses what the function had before: no file
 * says that, and no new package helps.
 */
export interface Remedy {
  forward: (asker: Asker) => string;
  back: (asker: Asker) => string;
}

const onBothWays = (text: Remedy['forward']): Remedy => ({ forward: text, back: text });

const OLD_PACKAGE =
  'It is the package of what was there before: give the function its old code by hand, or deploy a release that works.';

/** Of every code that somebody can do something about, unless a row of a table knows better. */
export const REMEDIES: Partial<Record<FailureCode, Remedy>> = {
  accessDenied: onBothWays(
    ({ deployRoleArn }) => `Give ${deployRoleArn} the permission that AWS names.`,
  ),
  packageInOtherRegion: {
    forward: ({ region }) =>
      `Lambda reads packages only from buckets in its own region: put the package in a bucket in ${region}.`,
    back: () => OLD_PACKAGE,
  },
  packageNotFound: onBothWays(
    ({ deployRoleArn }) =>
      `Check the bucket and the key, and that ${deployRoleArn} may read them (s3:GetObject).`,
  ),
  codeStorageFull: onBothWays(({ region }) => makeRoom(region)),
  packageRejected: {
    forward: () => 'Build the package again as a zip file that Lambda can read, and deploy that.',
    back: () => OLD_PACKAGE,
  },
  settingsRejected: {
    forward: () => 'Mend the setting that AWS names in the deployment file.',
    back: () =>
      'The function had it before: make available again what AWS names, such as a layer version, a role or a key. What cannot be had any more has to be given up, and a release deployed that does without it.',
  },
};

/** Of an execution role. */
export const ROLE: Remedy = onBothWays(
  () =>
    'Check that the execution role exists, that its trust policy names lambda.amazonaws.com, and that it has the permissions that AWS names, such as ec2:CreateNetworkInterface for a VPC, sqs:SendMessage or sns:Publish for a dead-letter queue.',
);

/** Of provisioned concurrency that there is no room for. */
export const CONCURRENCY: Remedy = {
  forward: ({ region }) =>
    `Lower provisionedConcurrency, raise what is reserved for the function, or ask AWS for a higher quota of concurrent executions in ${region}. Until its end a deployment needs it for the old version and the new one.`,
  back: ({ region }) =>
    `The version had it before: raise what is reserved for the function, or leave it more of the concurrent executions in ${region}.`,
};

/** Of an alias that has provisioned concurrency of its own. */
export const ALIAS_CONCURRENCY: Remedy = onBothWays(
  () =>
    'Take the provisioned concurrency of the alias away (aws lambda delete-provisioned-concurrency-config), and give it to the version that it serves.',
);

/** Of what a network has too few of. */
export const NETWORK: Remedy = onBothWays(
  () => 'Let the account have more network interfaces, or the subnets more addresses.',
);

/** Of more reserved concurrency than the account has left. */
export const RESERVED: Remedy = onBothWays(
  ({ region }) =>
    `Reserve less, give back what other functions have reserved in ${region}, or have AWS raise the quota "Concurrent executions" (Service Quotas, AWS Lambda): AWS keeps some of it, 100 mostly, for functions that reserve none.`,
);

/** Of less reserved concurrency than versions have as provisioned concurrency. */
export const RESERVED_TOO_LOW: Remedy = {
  forward: () =>
    'Reserve as much as its versions have together as provisioned concurrency, or lower provisionedConcurrency. `aws lambda list-provisioned-concurrency-configs` says which have any.',
  back: () =>
    'Take provisioned concurrency away from versions that serve nothing. `aws lambda list-provisioned-concurrency-configs` says which have any.',
};

/** Of more tags than AWS gives a function. */
export const TAGS: Remedy = onBothWays(
  () => 'A function has at most 50 tags, whoever wrote them: take some away.',
);

/** Of a runtime that changes while one of its versions is prescribed. */
export const MANUAL_RUNTIME: Remedy = onBothWays(
  () =>
    'Give the function a runtimeManagementConfig with updateRuntimeOn: Auto in a deployment of its own, and change the runtime after that.',
);

/** Of subnets and security groups that the deploy role may not look at. */
export const VPC: Remedy = onBothWays(
  ({ deployRoleArn }) =>
    `Give ${deployRoleArn} ec2:DescribeSecurityGroups, ec2:DescribeSubnets and ec2:DescribeVpcs.`,
);

/** Of a container image that is not there, or that nobody may fetch. */
export const IMAGE: Remedy = {
  forward: ({ deployRoleArn }) =>
    `Check the repository and the tag or digest of the image, that ${deployRoleArn} may see and fetch it (ecr:DescribeImages, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer), and that the repository lets lambda.amazonaws.com fetch it, in another account too.`,
  back: ({ deployRoleArn }) =>
    `It is the image of what was there before: push it again, as it was, so that it has the same digest, and let ${deployRoleArn} and lambda.amazonaws.com fetch it (ecr:BatchGetImage, ecr:GetDownloadUrlForLayer).`,
};

/** Of images that the deploy role may not look at. */
export const REPOSITORY: Remedy = onBothWays(
  ({ deployRoleArn }) =>
    `Give ${deployRoleArn} ecr:DescribeImages, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer on the repository. Where that is in another account, its policy has to let the role do the same.`,
);

/** Of a container image in a form that Lambda does not take. */
export const IMAGE_FORMAT: Remedy = {
  forward: () =>
    'Build the image for one platform and without attestations (`docker buildx build --platform linux/amd64 --provenance=false --sbom=false`), with layers that are compressed with gzip or not at all.',
  back: () => OLD_PACKAGE,
};

/** Of a package that is not what the function is made of. */
export const PACKAGE_TYPE: Remedy = onBothWays(
  () => 'Deploy what the function is made of, or a function of another name.',
);

/** Of a region that does not know the credentials of a role, which STS has given just before. */
export const REGION: Remedy = onBothWays(({ deployRoleArn, region }) => {
  const account = accountOf(deployRoleArn);
  return isOptIn(region)
    ? `Enable the region ${region} in account ${account}: an account has it only after that.`
    : `Check that account ${account} may use ${region}: AWS does not know the credentials of ${deployRoleArn} there.`;
});
