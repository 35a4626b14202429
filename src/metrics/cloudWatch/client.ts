import type { TargetAccess } from '../../domain/target.js';
import type { Question } from '../provider.js';
import type { ProviderTools } from '../providerType.js';
import { numberOf } from './number.js';
import { translated } from './problems.js';
import type { CloudWatchSettings } from './settings.js';

/**
 * CloudWatch: what one query of GetMetricData returns, of which the mean counts.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export async function askCloudWatch(
  question: Question,
  settings: CloudWatchSettings,
  { clients, limits }: ProviderTools,
): Promise<number> {
  const whom = accessOf(settings, question.access);
  const signal = AbortSignal.any([question.signal, AbortSignal.timeout(limits.totalMs)]);
  const timed = { ...question, signal };
  try {
    const { cloudWatch: client } =
      settings.roleArn === undefined ? clients.for(whom) : clients.forRoleOfSettings(whom);
    return await numberOf(client, timed);
  } catch (error) {
    question.signal.throwIfAborted();
    throw translated(error, { ...timed, access: whom }, limits);
  }
}

function accessOf({ region, roleArn }: CloudWatchSettings, target: TargetAccess): TargetAccess {
  return {
    ...target,
    ...(region !== undefined && { region }),
    ...(roleArn !== undefined && { deployRoleArn: roleArn }),
  };
}
