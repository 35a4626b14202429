import type { Stack } from './stack.js';

/** What a person needs to use the local stack from another shell. */
export function welcome({ temporal, emulator, awsEndpoint }: Stack): string {
  const aws = emulator
    ? `AWS emulator  ${awsEndpoint}`
    : `AWS           ${awsEndpoint} (yours: it need not behave as the project's own emulator does)`;
  return `
The local stack runs. Ctrl-C stops it, and what was deployed is gone.

  Temporal UI   ${temporal.uiUrl}
  Temporal      ${temporal.address}
  ${aws}

To use it, paste this into another shell:

  export TEMPORAL_ADDRESS=${temporal.address} TEMPORAL_NAMESPACE=${temporal.namespace} SLUICE_UI_URL=${temporal.uiUrl}
  export AWS_ENDPOINT_URL=${awsEndpoint} AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=111111111111 AWS_SECRET_ACCESS_KEY=test

and deploy an example:

  ./bin/sluice deploy start -f examples/basic.yaml --watch
`;
}
