import type { DeployRole } from '../../roles/role.js';

/** A deploy role may not change the policy of a repository, and Lambda fetches images itself, too. */
const FETCHING_IMAGES = [
  'The policy of each repository must let lambda.amazonaws.com fetch its images',
  '(ecr:BatchGetImage, ecr:GetDownloadUrlForLayer), and the role, too, if it is',
  'in another account.',
];

/**
 * What remains to be done for a worker to use a deploy role, for a person.
 *
 * @param arn - the role's, where it is there already
 */
export function roleNotes(role: DeployRole, arn?: string): string {
  const account = accountIn(arn) ?? role.account ?? '<account>';
  const own = arn ?? `arn:${partitionOf(role)}:iam::${account}:role${role.path}${role.name}`;
  const lines = [
    "The worker's settings file must give the external id of the account:",
    '',
    'accounts:',
    `  '${account}':`,
    `    externalId: '${role.externalId}'`,
    '',
    `${role.worker} must be allowed sts:AssumeRole on`,
    `${own}.`,
    ...(role.repositories.length === 0 ? [] : ['', ...FETCHING_IMAGES]),
    ...(role.executionRoles.length > 0
      ? []
      : ['Without --execution-role it can neither create functions nor change their roles.']),
  ];
  return `${lines.join('\n')}\n`;
}

function accountIn(arn = ''): string | undefined {
  return /^arn:[^:]*:iam::(\d{12}):/.exec(arn)?.[1];
}

/** A worker assumes roles of its own partition alone. */
function partitionOf({ worker }: DeployRole): string {
  return worker.split(':')[1] ?? 'aws';
}
