/** A deploy role as it shall be. Names may hold `*` for any number of characters. */
export interface DeployRole {
  name: string;
  /** Begins and ends with `/`. */
  path: string;
  /** The account that it is for, where the file or an execution role says so. */
  account?: string;
  /** The ARN of the identity that the worker has. */
  worker: string;
  externalId: string;
  /** Names and patterns; `*` alone is every function of the account. */
  functions: readonly string[];
  /** Names and patterns. */
  buckets: readonly string[];
  /** `REGISTRY/REPOSITORY` of container images; the repository may be a pattern. */
  repositories: readonly string[];
  /** `s3://bucket/folder/`, each a place where replaced code is kept. */
  replacedCode: readonly string[];
  /** ARNs. */
  executionRoles: readonly string[];
  /** ARNs without a version. */
  layers: readonly string[];
  /** ARNs. */
  keys: readonly string[];
  /** Whether it changes what belongs to whole functions, such as tags. */
  functionWide: boolean;
  /** ARNs of the keys that functions are given. */
  givenKeys: readonly string[];
  /** Whether functions are connected to a VPC. */
  networks: boolean;
  /** Whether functions are given file systems. */
  fileSystems: boolean;
  /** Whether it deletes old versions. */
  keepVersions: boolean;
  /** Whether analyses ask CloudWatch with it. */
  cloudWatch: boolean;
  /** Whether `sluice deploy plan` may read with it what a deployment never reads. */
  plan: boolean;
}

/** What a deployment file tells of the role that it deploys with. */
export type RoleOfFile = Pick<
  DeployRole,
  | 'name'
  | 'path'
  | 'functions'
  | 'buckets'
  | 'repositories'
  | 'replacedCode'
  | 'executionRoles'
  | 'layers'
  | 'functionWide'
  | 'givenKeys'
  | 'networks'
  | 'fileSystems'
  | 'keepVersions'
> & { account: string };
