import { LEAST_KEPT_VERSIONS } from '../../domain/oldVersions.js';
import { z } from 'zod';
import { namePattern } from '../../domain/naming.js';
import {
  ALIAS_NAME,
  FUNCTION_NAME,
  HEADER_NAME,
  REGION,
  REPLACED_CODE,
  ROLE_ARN,
  WEBHOOK_URI,
} from '../forms.js';
import { formed, freeText, named, orTemplate, templated, told, type Words } from './words.js';

/** Fields that a deployment file and a plan both have, each defined once. */

export const functionName = freeText('the name of a function', {
  // A fraction has a dot, which no such name has.
  editor: {
    type: ['string', 'integer', 'boolean'],
    pattern: orTemplate(FUNCTION_NAME.pattern.source),
  },
});

export const aliasName = freeText('the name of an alias', {
  examples: ['live'],
  // Digits alone would be a version.
  editor: {
    type: ['string', 'integer', 'boolean'],
    maximum: -1,
    pattern: orTemplate(ALIAS_NAME.pattern.source),
  },
});

export const applicationName = freeText('the name of the application', {
  help: 'What is deployed. One deployment of an application runs at a time.',
  examples: ['checkout'],
  editor: { pattern: namePattern('application') },
});

export const targetName = freeText('the name of a target');

/** @param help - whom the list is about */
export function targetNames(help: string) {
  return told(
    z.array(freeText('the name of a target, or a pattern such as prod-*')).min(1),
    'a list of targets',
    { help, examples: [['production'], ['prod-*']] },
  );
}

export const strategyName = freeText('the name of a strategy', {
  help: 'How the target is deployed.',
});

export const account = freeText('a label for the account, such as production', {
  help: 'A label for people. The account that counts is the one of deployAsIamRole.',
  examples: ['production'],
});

export const deployRoleArn = templated(
  ROLE_ARN,
  'the ARN of a role, such as arn:aws:iam::111111111111:role/Deploy',
  {
    help: 'The role that is assumed to deploy. It says which account this is.',
    examples: ['arn:aws:iam::111111111111:role/Deploy'],
  },
);

export const executionRoleArn = templated(ROLE_ARN, "the ARN of the function's execution role", {
  help: 'The role that the function runs as. It belongs to the account of the target.',
  examples: ['arn:aws:iam::111111111111:role/LambdaExecutionRole'],
});

export const replacedCode = templated(
  REPLACED_CODE,
  'a bucket and a folder in it, such as s3://packages/replaced/',
  {
    help: 'Where code that is replaced is kept before it is, so that going back sends none. Its bucket is in the region of the target.',
    examples: ['s3://packages/replaced/'],
  },
);

export const keepVersions = told(z.int(), `a whole number from ${LEAST_KEPT_VERSIONS} on`, {
  help: 'How many of the newest published versions are kept after a deployment that succeeds. Without it, none is deleted.',
  examples: [10],
  editor: { minimum: LEAST_KEPT_VERSIONS },
});

export const region = templated(REGION, 'an AWS region, such as us-east-1', {
  help: 'The region of the functions, and of the buckets of their packages.',
  examples: ['us-east-1'],
});

export const roleNames = told(
  z.array(named('role', 'the name of a role')).min(1),
  'a list of one or more roles',
  {
    help: 'Who may approve: a person with one of these roles.',
    examples: [['release-managers']],
  },
);

export const webhookName = named('webhook', 'the name of a webhook');

export const queryName = named('query', 'the name of a query');

/** @param words - for whom it answers */
export function providerName(words?: Words): z.ZodString {
  return named('provider', 'the name of a metric provider', words);
}

export const agentIdentifier = named('agent', 'the identifier of an agent', {
  help: 'The agent that sends the call when networkMode is remoteNetworkAgent.',
});

export const webhookUri = formed(WEBHOOK_URI, 'an address such as https://example.com/tests', {
  help: 'Where the call goes: a text with {{variables}}.',
  examples: ['https://ci.example.com/run?target={{sluice.environmentName}}'],
});

export const header = told(
  z.strictObject({
    key: freeText('the name of a header, such as Content-Type', {
      editor: { pattern: HEADER_NAME.pattern.source },
    }),
    value: freeText('the value of the header', {
      help: 'A text with {{variables}}. Credentials belong into {{secrets.…}}.',
      examples: ['Bearer {{secrets.ci-token}}'],
    }),
  }),
  'a mapping with key and value',
);
