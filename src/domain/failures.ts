/**
 * Everything that can go wrong has a stable code. The text after it is for people; scripts and
 * alerts go by the code.
 */
export const FAILURE_CODES = {
  invalidPlan: 'The plan is not one that can be deployed.',
  roleNotAllowed: "The worker's settings do not let this application use this deploy role.",
  roleNotAssumable: 'The deploy role cannot be assumed.',
  accessDenied: 'The deploy role lacks a permission.',
  packageNotFound:
    'The package, its bucket or its repository does not exist, or the deploy role cannot see it.',
  packageInOtherRegion:
    'The bucket, or the repository of the image, lies in another region than the function.',
  packageChanged:
    'The package is not the one that was there when the deployment started, or not the one that a redeploy or `--plan-first` means.',
  packagesDiffer: 'Targets that deploy one function have different packages.',
  packageRejected: 'AWS does not accept the package.',
  codeStorageFull: 'The account has no room for more code in the region.',
  settingsRejected: 'AWS does not accept the settings of the function.',
  splitImpossible:
    'AWS cannot split traffic between versions with different execution roles or dead-letter queues, nor over an alias that has provisioned concurrency of its own.',
  otherDeployment:
    'Another deployment splits the traffic of the alias: it runs, or Temporal does not know whether it does.',
  updateFailed: 'AWS accepted the update and then failed to carry it out.',
  foreignChange:
    'Someone else changed the function during the deployment or, for a rollback of one that has ended, since.',
  throttled: 'AWS throttled the calls for longer than was waited.',
  awsUnavailable: 'AWS did not answer, or answered with an error of its own.',
  awsRefused: 'AWS refused the call.',
  timedOut: 'The work at the target took longer than the deployment allows.',
  dependencyFailed: 'A target that this one depends on was not deployed.',
  approvalRejected: 'Somebody rejected what waited for an approval.',
  approvalExpired: 'Nobody approved in time.',
  webhookFailed: 'A webhook failed, or its callback says no.',
  analysisFailed: 'An analysis found values outside its limits, or none.',
  secretNotFound: 'A secret is not where the worker looks, or the application may not use it.',
  secretUnusable: 'What a secret holds cannot be filled in where the deployment file names it.',
  secretReplaced:
    'A secret was replaced after the deployment had started, which goes on with the value of its start.',
  rollbackRequested: 'An operator asked for a rollback.',
  cancelled: 'The deployment was cancelled.',
  rollbackAbandoned: 'An operator gave the rollback up.',
  codeNotKept:
    'The code that is replaced could not be kept where the deployment file wants it; a rollback would have to send it.',
  concurrencyLeft:
    'A version that no longer serves the traffic of the alias still has provisioned concurrency, which costs.',
  versionsNotDeleted:
    'Old versions could not be deleted after a success; the next deployment tries it again.',
  notRestored: 'Something could not be put back as it was.',
  internal: 'A fault of Sluice itself.',
} as const;

/** For scripts: codes are stable. */
export type FailureCode = keyof typeof FAILURE_CODES;

/** What went wrong, as data: small, without secrets, for people and for scripts. */
export interface Failure {
  code: FailureCode;
  /** What happened, in the user's words. */
  message: string;
  /** How to mend it. */
  remedy?: string;
  target?: string;
  function?: string;
  /** What AWS gives its support, where the failure came from AWS. */
  awsRequestId?: string;
}

/** The longest text of a failure, in characters: failures stand in histories, memos and messages. */
export const MAX_FAILURE_TEXT = 4000;

/** The failure with no text longer than {@link MAX_FAILURE_TEXT}. */
export function shortened(failure: Failure): Failure {
  const { message, remedy = '' } = failure;
  if (message.length <= MAX_FAILURE_TEXT && remedy.length <= MAX_FAILURE_TEXT) return failure;
  return { ...failure, message: cut(message), ...(remedy !== '' && { remedy: cut(remedy) }) };
}

function cut(text: string): string {
  if (text.length <= MAX_FAILURE_TEXT) return text;
  // Half of a surrogate pair is no character, and cannot be sent as UTF-8.
  return `${text.slice(0, MAX_FAILURE_TEXT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** One line for a person: what happened, and how to mend it. */
export function failureSentence(failure: Failure): string {
  const id = failure.awsRequestId === undefined ? '' : ` (AWS request ${failure.awsRequestId})`;
  const remedy = failure.remedy === undefined ? '' : ` ${failure.remedy}`;
  return `${failure.message}${id}${remedy}`;
}
