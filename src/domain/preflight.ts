import type { Failure, FailureCode } from './failures.js';
import type { AliasShape } from './functions.js';
import type { SettingName } from './functionSettings.js';
import type { WriteOperation } from './release.js';
import type { WideName } from './wideSettings.js';

/**
 * What a deployment of a plan would change, and what of it would fail, found by reading alone. It is
 * what the functions are at that moment: what somebody changes afterwards is not in it.
 */
export interface TargetPreflight {
  target: string;
  region: string;
  /** Twelve digits, from the deploy role. */
  accountId: string;
  /** Names of targets that must have deployed before this one starts. */
  dependsOn: string[];
  /** What would make the target fail, and concerns no single function. */
  problems: PreflightProblem[];
  /** What is only probable, and concerns no single function. */
  warnings: PreflightWarning[];
  /**
   * Present where nothing serves the traffic of what would change yet, so that the pauses after weights
   * are left out, of which the strategy has some.
   */
  leavesOutPauses?: true;
  /** In the order of the file. */
  functions: FunctionPreflight[];
}

/** `unknown`: it could not be looked at, or its package could not; a problem says why. */
export const FUNCTION_CHANGES = ['create', 'change', 'unchanged', 'unknown'] as const;
export type FunctionChange = (typeof FUNCTION_CHANGES)[number];

/** What would become of one function. Everything is compared with what serves its traffic now. */
export interface FunctionPreflight {
  name: string;
  change: FunctionChange;
  /** The version that the alias serves now. Absent without an alias. */
  servedVersion?: string;
  /** Absent where the code stays as it is. */
  code?: CodeChange;
  /** What would be deployed. Absent where the package cannot be read. */
  package?: { uri: string; codeSha256: string };
  /**
   * `s3://bucket/key` where the code that is replaced would be kept. Absent where nothing is to be kept,
   * or AWS can fetch that code by version from the package that it was made of.
   */
  keptCode?: string;
  /** The settings that change, without the environment, in the order of the language. */
  settings: SettingChange[];
  /** Names of variables, never values. Absent where the environment stays as it is. */
  environment?: EnvironmentChange;
  /** What belongs to the function as a whole and changes. Absent where the plan changes none of it. */
  functionWide?: WideChange[];
  /**
   * Old versions that would be deleted after a success, the oldest first, as far as can be told now.
   * Absent where there are none.
   */
  oldVersions?: string[];
  /** Absent where `$LATEST` carries the traffic. */
  alias?: AliasPreflight;
  /** Absent where there is none, and where it stays as it is. */
  provisionedConcurrency?: ProvisionedChange;
  /** The calls to Lambda that would change something, each once, in their order. */
  writes: WriteOperation[];
  /** What would make its target fail. */
  problems: PreflightProblem[];
  /** What is only probable. */
  warnings: PreflightWarning[];
}

/** Hashes as AWS gives them: base64 of SHA-256. */
export interface CodeChange {
  /** Absent where there is no function yet. */
  before?: string;
  /** Absent where the package cannot be read. */
  after?: string;
  /** `s3://bucket/key`, with the object's version where there is one. */
  package: string;
}

export interface SettingChange {
  name: Exclude<SettingName, 'environmentHashes'>;
  /** Absent where there is no function yet. */
  before?: unknown;
  after: unknown;
}

/** One setting of a whole function; of tags, those that change. */
export interface WideChange {
  name: WideName;
  /** Absent where there is no function yet. Null for a tag that is not there. */
  before?: unknown;
  after: unknown;
}

export interface EnvironmentChange {
  added: string[];
  removed: string[];
  changed: string[];
}

/** Execution environments that are kept ready; 0: none. */
export interface ProvisionedChange {
  /** Of the version that the alias serves now. */
  before: number;
  /** Of the version that it would serve. */
  after: number;
  /** Of both: the old version keeps its own until the deployment's end. */
  meanwhile: number;
}

/** What a deployment needs of the concurrent executions of the function or the account. */
export interface ProvisionedNeed {
  /** Beyond what the versions of the function have now. */
  more: number;
  /** All versions of the function, as long as the old one and the new one have theirs. */
  together: number;
  /** What is reserved for the function by then, where the deployment changes that. */
  reserved?: number | 'none';
}

/** What would become of an alias's traffic. */
export interface AliasPreflight {
  name: string;
  /** Whether the alias does not exist yet. */
  created: boolean;
  /** How its traffic is now. Absent where it is created. */
  before?: AliasShape;
  /**
   * Present where it serves `$LATEST`, and that changes: it is pointed at a version of what `$LATEST`
   * is before that.
   */
  pinnedFirst?: true;
  /**
   * Percent of the traffic that the new version gets, one after the other; the last is 100. Empty
   * where the traffic stays as it is.
   */
  weights: number[];
}

/** The codes are those that the deployment would fail with; `conflict` is that it cannot start. */
export type PreflightProblem = Omit<Failure, 'code'> & { code: FailureCode | 'conflict' };

/** What is only probable, by stable codes. */
export const PREFLIGHT_WARNINGS = {
  aliasOnLatest:
    'The alias serves $LATEST: it is pointed at a published version of that before anything changes.',
  otherAliasOnLatest:
    'Another alias of the function serves $LATEST: whoever invokes it runs the new code at once.',
  triggerWithoutAlias:
    'Events trigger the function itself, although an alias carries its traffic: they run the new code at once.',
  permissionWithoutAlias:
    'Somebody may invoke the function itself, although an alias carries its traffic: they run the new code at once.',
  ownedByStack:
    'A CloudFormation stack owns the function: its next deployment puts back what this one changes, or fails.',
  runtimeNotRestorable:
    'AWS updates no more functions on the runtime that the function has: a rollback could not put it back.',
  layersNotRestorable:
    'A layer version that the function has was deleted: a rollback could not give it back.',
  roleNotRestorable:
    'The execution role that the function has does not exist or does not trust Lambda: a rollback could not give it back.',
  imageNotRestorable:
    'Amazon ECR no longer has the image that the function has: a rollback could not give it back.',
  littleCodeStorage: 'The account has room for fewer than three versions of the code.',
  codeAndRuntimeTogether:
    'Code and runtime change one after the other, and without an alias the mixed pair serves in between.',
  rollbackLacksPermission:
    'The deploy role lacks a permission that only a rollback needs: it would be stuck.',
  codeNotKept:
    'The deploy role lacks a permission to keep the code that is replaced: a rollback would have to send it.',
  versionsNotDeleted:
    'The deploy role lacks the permission to delete old versions, of which there are some: they would stay.',
  packagesDiffer: 'Other targets deploy the same function from other bytes.',
  deploymentInProgress:
    'Another deployment of the application runs, and this one would wait for its turn: what serves by then may be another version.',
  notChecked: 'Something could not be checked, mostly because the deploy role may not read it.',
} as const;

export type PreflightWarningCode = keyof typeof PREFLIGHT_WARNINGS;

/** What is only probable, or worth a look. */
export interface PreflightWarning {
  code: PreflightWarningCode;
  /** What was found, in the user's words. */
  message: string;
  /** How to mend it. */
  remedy?: string;
  /** Of `notChecked`: what was not. */
  check?: PreflightCheck;
}

/** What a plan looks for that a deployment does not, and what it takes. */
export const PREFLIGHT_CHECKS = {
  permissions: 'permissions that the deploy role lacks (iam:SimulatePrincipalPolicy)',
  executionRole: 'whether Lambda may use the execution role (iam:GetRole)',
  codeStorage: 'how much room for code the account has (lambda:GetAccountSettings)',
  provisionedConcurrency:
    'which provisioned concurrency there is to be carried on (lambda:ListProvisionedConcurrencyConfigs)',
  concurrency:
    'whether there is room for the provisioned concurrency (lambda:GetFunctionConcurrency, lambda:GetAccountSettings)',
  replacedCode: 'whether the code that is replaced would be kept (lambda:ListVersionsByFunction)',
  layers:
    'whether the layers exist that the function would be given, and given back (lambda:GetLayerVersion)',
  aliases: 'which other aliases serve $LATEST (lambda:ListAliases)',
  triggers: 'what triggers the function without its alias (lambda:ListEventSourceMappings)',
  policy: 'who may invoke the function without its alias (lambda:GetPolicy)',
  oldVersions: 'which old versions would be deleted (lambda:ListVersionsByFunction)',
  stack: 'whether a CloudFormation stack owns the function (lambda:ListTags)',
  package: 'how large the package is when it is unpacked (s3:GetObject)',
} as const;

export type PreflightCheck = keyof typeof PREFLIGHT_CHECKS;

/** What a check has found. */
export interface Findings {
  problems: PreflightProblem[];
  warnings: PreflightWarning[];
}

/** What was found out about one function. */
export type FunctionFindings = Findings & Pick<FunctionPreflight, 'keptCode'>;

/** How many functions would become what, and how much was found. */
export type PreflightCounts = Record<FunctionChange | 'problems' | 'warnings', number>;

/** What the preflight workflow returns: its targets, or where they are. */
export interface PreflightResult {
  schemaVersion: 1;
  deploymentId: string;
  application: string;
  counts: PreflightCounts;
  /** In the order of the file; in large plans they are in the results of `pages`. */
  targets?: TargetPreflight[];
  /** Workflow ids; each has a list of targets as its result, in the order of the file. */
  pages?: string[];
}

/** The second argument of the preflight workflow; it may be left out. */
export interface PreflightOptions {
  /**
   * Whether AWS is asked with a dry run of UpdateFunctionCode whether it takes the packages. It
   * changes nothing, but shows up in audit trails as a write.
   */
  dryRunCode?: boolean;
}

export function countPreflight(targets: readonly TargetPreflight[]): PreflightCounts {
  const counts = { create: 0, change: 0, unchanged: 0, unknown: 0, problems: 0, warnings: 0 };
  for (const target of targets) {
    for (const { change } of target.functions) counts[change] += 1;
    for (const { problems, warnings } of [target, ...target.functions]) {
      counts.problems += problems.length;
      counts.warnings += warnings.length;
    }
  }
  return counts;
}

export function addCounts(all: readonly PreflightCounts[]): PreflightCounts {
  const sum = countPreflight([]);
  for (const counts of all) {
    for (const key of Object.keys(sum) as (keyof PreflightCounts)[]) sum[key] += counts[key];
  }
  return sum;
}
