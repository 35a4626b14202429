import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { awsOptions } from '../../dev/stack/awsOptions.js';
import type { AwsPlace } from '../support/awsPlace.js';
import { shared } from '../support/shared.js';

/** Puts values of a metric, as Lambda does for a version that an alias splits its traffic to. */
export async function putErrors(
  { account, region }: Pick<AwsPlace, 'account' | 'region'>,
  dimensions: Record<string, string>,
  values: readonly [time: Date, value: number][],
): Promise<void> {
  const client = new CloudWatchClient(
    awsOptions({ awsEndpoint: shared.awsEndpoint, account, region }),
  );
  await client.send(
    new PutMetricDataCommand({
      Namespace: 'AWS/Lambda',
      MetricData: values.map(([Timestamp, Value]) => ({
        MetricName: 'Errors',
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        Timestamp,
        Value,
      })),
    }),
  );
  client.destroy();
}
