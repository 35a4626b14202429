import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { awsOptions } from '../stack/awsOptions.js';

export interface InvokedFunction {
  account: string;
  region: string;
  functionName: string;
  alias?: string;
}

export interface Answer {
  /** What the function answered, as JSON. */
  text: string;
  /** Base64 of the SHA-256 of `$LATEST`. */
  code: string;
  /** Megabytes. */
  memorySize: number;
}

/** Lambda itself, without Sluice in between. */
export class Lambda {
  constructor(private readonly awsEndpoint: string) {}

  async invoke({ account, region, functionName, alias }: InvokedFunction): Promise<Answer> {
    const client = new LambdaClient(awsOptions({ awsEndpoint: this.awsEndpoint, account, region }));
    try {
      const { Payload } = await client.send(
        new InvokeCommand({
          FunctionName: functionName,
          Payload: '{}',
          ...(alias !== undefined && { Qualifier: alias }),
        }),
      );
      const { Configuration } = await client.send(
        new GetFunctionCommand({ FunctionName: functionName }),
      );
      return {
        text: Buffer.from(Payload ?? []).toString('utf8'),
        code: Configuration?.CodeSha256 ?? '',
        memorySize: Configuration?.MemorySize ?? 0,
      };
    } finally {
      client.destroy();
    }
  }
}
