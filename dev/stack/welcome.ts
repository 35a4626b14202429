import { repositoryOf } from '../../src/domain/images.js';
import { isImage } from '../../src/domain/packages.js';
import type { TargetPlan } from '../../src/domain/plan.js';
import { accountOf } from '../../src/domain/arns.js';
import { examplePlans } from './examples.js';
import { OWN_ACCOUNT } from './awsOptions.js';
import type { Stack } from './stack.js';

/** What a person needs to use the local stack from another shell. */
export async function welcome(stack: Stack): Promise<string> {
  const { temporal, awsEndpoint } = stack;
  return `
The local stack runs. Ctrl-C stops it, and what was deployed is gone.

  Temporal UI   ${temporal.uiUrl}
  Temporal      ${temporal.address}
  ${aws(stack)}
  Gateway       http://${stack.gatewayAddress}
${metrics(stack)}
To use it, paste this into another shell:

  export TEMPORAL_ADDRESS=${temporal.address} TEMPORAL_NAMESPACE=${temporal.namespace} SLUICE_UI_URL=${temporal.uiUrl}
  export AWS_ENDPOINT_URL=${awsEndpoint} AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=${OWN_ACCOUNT} AWS_SECRET_ACCESS_KEY=test
  export SLUICE_SETTINGS=${stack.fileForOthers} SLUICE_SECRET_CI_TOKEN=local-ci-token

and deploy an example:

  ./bin/sluice deploy start -f examples/basic.yaml --watch

A deployment file of your own can use these accounts, whatever its application is called:

${await accounts()}

A package of your own gets there like this, with the bucket and its account:

  ${upload(awsEndpoint)}
`;
}

function aws({ emulator, awsEndpoint }: Stack): string {
  if (emulator) return `AWS emulator  ${awsEndpoint}`;
  const warning = "it need not behave as the project's own emulator does";
  return `AWS           ${awsEndpoint} (named by AWS_ENDPOINT_URL: ${warning})`;
}

function metrics({ metrics }: Stack): string {
  const what = 'of the invocations that the emulator has answered, as the provider `prometheus`';
  return metrics ? `  Metrics       ${metrics.url} (${what})\n` : '';
}

/** The emulator takes the access key id for the account. */
function upload(awsEndpoint: string): string {
  const signed = `--aws-sigv4 aws:amz:us-east-1:s3 --user ${OWN_ACCOUNT}:test`;
  return `curl --fail ${signed} --upload-file code.zip ${awsEndpoint}/armory-docs-dev-us-east-1/code.zip`;
}

async function accounts(): Promise<string> {
  const targets = (await examplePlans()).flatMap((plan) => plan.targets);
  return targets.map(account).join('\n');
}

function account({ deployRoleArn, region, functions }: TargetPlan): string {
  const roles = new Set(functions.map(({ settings }) => nameOf(settings.role)));
  const places = new Set(
    functions.flatMap(({ package: code }) =>
      isImage(code) ? repositoryOf(code.imageUri) : `s3://${code.bucket}`,
    ),
  );
  return `  ${accountOf(deployRoleArn)}  ${region}
    deploy role ${nameOf(deployRoleArn)}, execution role ${[...roles].join(', ')}, ${[...places].join(', ')}`;
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
