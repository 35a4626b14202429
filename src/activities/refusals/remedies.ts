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
    'Check that the execution role exists, that its trust policy names lambda.amazonaws.com, and that it has the permissions that AWS names.',
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
