import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { awsOptions } from '../stack/awsOptions.js';
import { Traffic } from './traffic.js';

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

const CONCURRENT_INVOCATIONS = 10;

/** Lambda itself, without Sluice in between. */
export class Lambda {
  constructor(private readonly awsEndpoint: string) {}

  invoke(place: InvokedFunction): Promise<Answer> {
    return this.#with(place, async (client) => {
      const text = await answerOf(client, place);
      const { Configuration } = await client.send(
        new GetFunctionCommand({ FunctionName: place.functionName }),
      );
      return {
        text,
        code: Configuration?.CodeSha256 ?? '',
        memorySize: Configuration?.MemorySize ?? 0,
      };
    });
  }

  /** Invokes a function many times and counts which version answered how often. */
  count(place: InvokedFunction, times: number): Promise<Traffic> {
    return this.#with(place, async (client) => {
      const traffic = new Traffic();
      let left = times;
      const invokeSome = async () => {
        while (left-- > 0) {
          const answer = JSON.parse(await answerOf(client, place)) as { version: string };
          traffic.add(answer.version);
        }
      };
      await Promise.all(Array.from({ length: CONCURRENT_INVOCATIONS }, invokeSome));
      return traffic;
    });
  }

  async #with<Result>(
    { account, region }: InvokedFunction,
    work: (client: LambdaClient) => Promise<Result>,
  ): Promise<Result> {
    const client = new LambdaClient(awsOptions({ awsEndpoint: this.awsEndpoint, account, region }));
    try {
      return await work(client);
    } finally {
      client.destroy();
    }
  }
}

/** Through the alias, where there is one. */
async function answerOf(client: LambdaClient, place: InvokedFunction): Promise<string> {
  const { functionName, alias } = place;
  const { Payload } = await client.send(
    new InvokeCommand({
      FunctionName: functionName,
      Payload: '{}',
      ...(alias !== undefined && { Qualifier: alias }),
    }),
  );
  return Buffer.from(Payload ?? []).toString('utf8');
}
