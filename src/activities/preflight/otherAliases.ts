import { servesLatest } from '../../domain/functions.js';
import type { Findings } from '../../domain/preflight.js';
import { aliasState } from '../functionState.js';
import type { LambdaApi } from '../lambdaApi.js';
import { listAliases } from '../reading.js';
import { NOTHING, someOf, warning } from './checking.js';

/** Aliases beside the one that carries the traffic: those on `$LATEST` serve what is released. */
export async function otherAliases(api: LambdaApi, alias: string): Promise<Findings> {
  const name = api.access.function;
  const others = (await listAliases(api)).filter(({ Name }) => Name !== alias);
  const found = others.filter((one) => servesLatest(aliasState(one)));
  if (found.length === 0) return NOTHING;
  const names = someOf(found.map(({ Name = '' }) => Name));
  return warning({
    code: 'otherAliasOnLatest',
    message: `${name} has other aliases that serve $LATEST (${names}): whoever invokes it by them runs the new code as soon as it is released, whatever the weights of ${alias} are.`,
    remedy: 'Point them at a published version before the deployment.',
  });
}
