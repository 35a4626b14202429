import { LATEST } from '../domain/functions.js';
import type { PublishedVersion } from '../domain/oldVersions.js';
import type { LambdaApi } from './lambdaApi.js';
import { provisionedIn } from './provisioned.js';
import { listAliases, listVersions } from './reading.js';

/** The published versions of a function, and those of them that something of it names. */
export interface VersionsInUse {
  published: PublishedVersion[];
  /** By an alias, with a share of its traffic too, or with provisioned concurrency. */
  named: Set<string>;
}

export async function versionsInUse(api: LambdaApi): Promise<VersionsInUse> {
  const published = (await listVersions(api))
    .filter(({ Version }) => Version !== LATEST)
    .map(({ Version = '', LastModified = '' }) => ({ version: Version, modifiedAt: LastModified }));
  const served = (await listAliases(api)).flatMap(({ FunctionVersion = '', RoutingConfig }) => [
    FunctionVersion,
    ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}),
  ]);
  const provisioned = Object.keys((await provisionedIn(api, undefined))?.versions ?? {});
  return { published, named: new Set([...served, ...provisioned]) };
}
