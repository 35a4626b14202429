import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { awsOptions, WORKER_ACCOUNT } from '../../dev/stack/awsOptions.js';
import { shared } from '../support/shared.js';
import { FILLED_IN } from './scene.js';

const region = 'us-east-1';

/** The settings of workers that have their secrets from AWS Secrets Manager. */
export const SETTINGS = `secrets: {from: [{awsSecretsManager: {region: ${region}}}]}`;

/** A secret of AWS Secrets Manager that a scene's functions are filled in from. */
export class Rotating {
  private constructor(
    private readonly client: SecretsManagerClient,
    private readonly SecretId: string,
  ) {}

  static async make(name: string): Promise<Rotating> {
    const { awsEndpoint } = shared;
    const options = awsOptions({ awsEndpoint, account: WORKER_ACCOUNT, region });
    const client = new SecretsManagerClient(options);
    await client.send(new CreateSecretCommand({ Name: name, SecretString: FILLED_IN }));
    return new Rotating(client, name);
  }

  async replace(): Promise<void> {
    const SecretString = 'p4ssw0rd-of-later';
    const { SecretId } = this;
    await this.client.send(new PutSecretValueCommand({ SecretId, SecretString }));
  }

  async delete(): Promise<void> {
    const { SecretId } = this;
    await this.client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  }

  [Symbol.dispose](): void {
    this.client.destroy();
  }
}
