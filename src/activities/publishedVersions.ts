import {
  ListAliasesCommand,
  ListProvisionedConcurrencyConfigsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { defined } from '../domain/defined.js';
import { LATEST } from '../domain/functions.js';
import type { PublishedVersion } from '../domain/oldVersions.js';
import type { LambdaApi } from './lambdaApi.js';

/** The published versions of a function, and those of them that something of it names. */
export interface VersionsInUse {
  published: PublishedVersion[];
  /** By an alias, with a share of its traffic too, or with provisioned concurrency. */
  named: Set<string>;
}

export async function versionsInUse(api: LambdaApi): Promise<VersionsInUse> {
  const doing = `see which versions of ${api.access.function} are in use`;
  const FunctionName = api.access.function;
  const versions = await pages((Marker) =>
    api.read('control', doing, (client, options) =>
      client.send(new ListVersionsByFunctionCommand({ FunctionName, ...Marker }), options),
    ),
  );
  const aliases = await pages((Marker) =>
    api.read('control', doing, (client, options) =>
      client.send(new ListAliasesCommand({ FunctionName, ...Marker }), options),
    ),
  );
  const provisioned = await pages((Marker) =>
    api.read('control', doing, (client, options) =>
      client.send(
        new ListProvisionedConcurrencyConfigsCommand({ FunctionName, ...Marker }),
        options,
      ),
    ),
  );
  const published = versions
    .flatMap(({ Versions = [] }) => Versions)
    .filter(({ Version }) => Version !== LATEST)
    .map(({ Version = '', LastModified = '' }) => ({ version: Version, modifiedAt: LastModified }));
  const named = new Set([
    ...aliases
      .flatMap(({ Aliases = [] }) => Aliases)
      .flatMap(({ FunctionVersion = '', RoutingConfig }) => [
        FunctionVersion,
        ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}),
      ]),
    ...provisioned
      .flatMap(({ ProvisionedConcurrencyConfigs = [] }) => ProvisionedConcurrencyConfigs)
      .map(({ FunctionArn = '' }) => FunctionArn.split(':').at(-1) ?? ''),
  ]);
  return { published, named };
}

/** AWS lists at most fifty of a kind at once. */
async function pages<Page extends { NextMarker?: string | undefined }>(
  read: (marker: { Marker?: string }) => Promise<Page>,
): Promise<Page[]> {
  const found: Page[] = [];
  for (let marker: string | undefined; ;) {
    const page = await read(defined({ Marker: marker }));
    found.push(page);
    marker = page.NextMarker;
    if (marker === undefined || marker === '') return found;
  }
}
