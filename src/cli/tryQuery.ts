import { ApplicationFailure } from '@temporalio/common';
import { ClientCache } from '../activities/clients.js';
import type { MeasuredQuery, MeasureInput } from '../activities/deciding.js';
import { rendered } from '../activities/rendered.js';
import type { Measurement } from '../domain/analysis.js';
import { failureSentence, type Failure } from '../domain/failures.js';
import { measured, problemOf } from '../metrics/provider.js';
import { createProviders } from '../metrics/registry.js';
import { createAccess } from '../settings/access.js';
import type { Environment } from '../settings/environment.js';
import { readSettings } from '../settings/settings.js';
import { SluiceError } from '../errors.js';
import { createSecrets } from '../worker/secrets.js';

/** One query, to be asked once as a deployment would ask it. */
export interface Trial extends Omit<MeasureInput, 'queries' | 'giveUpAt' | 'gate'> {
  query: MeasuredQuery;
}

export interface TrialResult {
  /** The query as it was asked, without its secrets; absent where it could not be filled in. */
  asked?: string;
  measurement: Measurement;
}

/**
 * Asks one query with the settings, the secrets and the AWS identity of this process.
 *
 * @throws SluiceError `invalidSettings` when they do not have what the query needs
 */
export async function tryQuery(trial: Trial, environment: Environment): Promise<TrialResult> {
  const settings = await readSettings(environment);
  const access = createAccess(settings);
  const clients = new ClientCache(access);
  const dependencies = {
    mayAsk: access.mayAsk,
    providers: createProviders(settings.metricProviders, clients),
    secrets: createSecrets(settings, environment),
  };
  const window = { from: new Date(trial.from), to: new Date(trial.to) };
  const { signal } = new AbortController();
  try {
    const input = { ...trial, gate: '' };
    const { provider, question, shown } = await rendered(trial.query, input, window, dependencies);
    const measurement = await measured(() => provider.ask({ ...question, signal }));
    return { asked: shown, measurement };
  } catch (error) {
    if (error instanceof ApplicationFailure) throw unusable(error);
    return { measurement: problemOf(error) };
  }
}

/** An activity's failure, for whoever runs the command. */
function unusable(cause: ApplicationFailure): SluiceError {
  const failure = cause.details?.[0] as Failure;
  return new SluiceError('invalidSettings', failureSentence(failure), { cause });
}
