import { readTemplate } from '../../domain/templates.js';
import type { Breach } from '../findings.js';
import * as forms from '../forms.js';
import { quoted } from '../quoted.js';
import type { Facts, Said } from './facts.js';
import type { Explanation } from '../problemKind.js';
import { EXAMPLE_RUNTIME_VERSION, exampleOption } from './exampleParts.js';
import { meantRegion } from './knownRegions.js';
import { hasPlaceholder } from './placeholders.js';
import type { Rule } from './rule.js';
import { SETTING_FORMS } from './settingForms.js';
import { layersOf, variablesOf } from './settingsFacts.js';
import { runtimeManagementTexts } from './wideFacts.js';

/** A form that AWS or HTTP demands. */
interface TextForm {
  form: forms.Form;
  /** Whether something else is said of a text, with better words: nothing is said twice. */
  saidElsewhere?: ((text: string) => boolean) | undefined;
  /** What a text without the form most likely stands for. */
  meant?: ((text: string) => string | undefined) | undefined;
}

/** A form, and the texts of a deployment that must have it. */
interface FormRule extends Explanation, TextForm {
  code: string;
  texts: (facts: Facts) => (Said<string> | undefined)[];
}

const ARTIFACT = 'path: s3://packages/orders.zip, type: zipFile';
const TARGET = 'account: shop, region: us-east-1, strategy: gradual';
const OPTION = 'target: production, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run';

const MANUAL = ['runtimeManagementConfig:', '  updateRuntimeOn: Manual'];

const FORM_RULES: FormRule[] = [
  {
    code: 'function-name',
    saidElsewhere: hasPlaceholder,
    form: forms.FUNCTION_NAME,
    reason:
      'AWS refuses other names. A version or an ARN has no place here: Sluice makes versions.',
    wrong: `artifacts:\n  - {functionName: "orders:live", ${ARTIFACT}}`,
    right: `artifacts:\n  - {functionName: orders, ${ARTIFACT}}`,
    texts: (facts) => facts.functionNames,
  },
  {
    code: 'alias-name',
    saidElsewhere: hasPlaceholder,
    form: forms.ALIAS_NAME,
    reason: 'AWS refuses other names; digits alone would be a version.',
    wrong:
      'trafficManagement:\n  - {targets: [production], alias: [{functionName: orders, aliasName: "2"}]}',
    right:
      'trafficManagement:\n  - {targets: [production], alias: [{functionName: orders, aliasName: v2}]}',
    texts: (facts) => facts.aliases.map((alias) => alias.name),
  },
  {
    code: 'role-arn',
    saidElsewhere: hasPlaceholder,
    form: forms.ROLE_ARN,
    reason:
      'A role is named by its whole ARN, since a deployment reaches several accounts: the ARN says which.',
    wrong: `targets:\n  production: {deployAsIamRole: Deploy, ${TARGET}}`,
    right: `targets:\n  production: {deployAsIamRole: "arn:aws:iam::111111111111:role/Deploy", ${TARGET}}`,
    texts: (facts) => [
      ...(facts.targets ?? []).map((target) => target.deployRole),
      ...(facts.functions ?? []).map((each) => each.role),
    ],
  },
  {
    code: 'region',
    saidElsewhere: hasPlaceholder,
    form: forms.REGION,
    reason: "A region is named by AWS's code for it, not by its place or one of its zones.",
    wrong: 'targets:\n  production: {region: us-east-1a}',
    right: 'targets:\n  production: {region: us-east-1}',
    texts: (facts) => (facts.targets ?? []).map((target) => target.region),
    meant: meantRegion,
  },
  {
    code: 'replaced-code',
    saidElsewhere: hasPlaceholder,
    form: forms.REPLACED_CODE,
    reason:
      'Each code that is replaced becomes a file of its own in that folder, which may be a folder in a folder. A deploy role may be given exactly that folder, so its name holds no character that is a pattern in policies.',
    wrong: `artifacts:\n  - {functionName: orders, ${ARTIFACT}, replacedCode: "s3://packages/replaced"}`,
    right: `artifacts:\n  - {functionName: orders, ${ARTIFACT}, replacedCode: "s3://packages/replaced/"}`,
    texts: (facts) => facts.replacedCode,
  },
  {
    code: 'handler',
    saidElsewhere: hasPlaceholder,
    form: forms.HANDLER,
    reason: 'AWS refuses handlers with white space or with more than 128 characters.',
    wrong: `providerOptions:\n  lambda:\n    - {${OPTION}, handler: index handler, runtime: nodejs24.x}`,
    right: `providerOptions:\n  lambda:\n    - {${OPTION}, handler: index.handler, runtime: nodejs24.x}`,
    texts: (facts) => (facts.functions ?? []).map((each) => each.settings.handler),
  },
  {
    code: 'variable-name',
    form: forms.VARIABLE_NAME,
    reason: 'Lambda refuses environment variables with other names.',
    wrong: `providerOptions:\n  lambda:\n    - {${OPTION}, handler: index.handler, runtime: nodejs24.x, environment: {LOG-LEVEL: info}}`,
    right: `providerOptions:\n  lambda:\n    - {${OPTION}, handler: index.handler, runtime: nodejs24.x, environment: {LOG_LEVEL: info}}`,
    texts: (facts) =>
      (facts.functions ?? []).flatMap((each) => variablesOf(each.settings).map(({ name }) => name)),
  },
  {
    code: 'layer-arn',
    saidElsewhere: hasPlaceholder,
    form: forms.LAYER_ARN,
    reason: 'Lambda takes a version of a layer, and its ARN ends with the number of the version.',
    wrong: `providerOptions:\n  lambda:\n    - {${OPTION}, handler: index.handler, runtime: nodejs24.x, layers: ["arn:aws:lambda:us-east-1:111111111111:layer:tools"]}`,
    right: `providerOptions:\n  lambda:\n    - {${OPTION}, handler: index.handler, runtime: nodejs24.x, layers: ["arn:aws:lambda:us-east-1:111111111111:layer:tools:4"]}`,
    texts: (facts) => (facts.functions ?? []).flatMap((each) => layersOf(each.settings)),
  },
  ...SETTING_FORMS.map((form) => ({ ...form, saidElsewhere: hasPlaceholder })),
  {
    code: 'runtime-version-arn',
    saidElsewhere: hasPlaceholder,
    form: forms.RUNTIME_VERSION_ARN,
    reason: 'Lambda takes one version of a runtime, by its ARN, which has no account in it.',
    wrong: exampleOption('runtime: nodejs24.x', ...MANUAL, '  runtimeVersionArn: nodejs24.x'),
    right: exampleOption(
      'runtime: nodejs24.x',
      ...MANUAL,
      `  runtimeVersionArn: ${EXAMPLE_RUNTIME_VERSION}`,
    ),
    texts: (facts) =>
      (facts.functions ?? []).map(({ wide }) => runtimeManagementTexts(wide).version),
  },
  {
    code: 'header-name',
    form: forms.HEADER_NAME,
    reason: 'HTTP does not allow other characters in the name of a header.',
    wrong:
      'webhooks:\n  - {name: tests, method: POST, uriTemplate: "https://ci.example.com", headers: [{key: "Content Type", value: text/plain}]}',
    right:
      'webhooks:\n  - {name: tests, method: POST, uriTemplate: "https://ci.example.com", headers: [{key: Content-Type, value: text/plain}]}',
    texts: (facts) =>
      (facts.webhooks ?? []).flatMap((webhook) => webhook.headers.map(({ key }) => key)),
  },
  {
    code: 'webhook-uri',
    form: forms.WEBHOOK_URI,
    reason: 'A webhook is called over HTTP, so its address begins with https:// (or http://).',
    wrong: 'webhooks:\n  - {name: tests, method: POST, uriTemplate: ci.example.com/tests}',
    right:
      'webhooks:\n  - {name: tests, method: POST, uriTemplate: "https://ci.example.com/tests"}',
    texts: (facts) => (facts.webhooks ?? []).map((webhook) => webhook.uri),
    saidElsewhere: (text) => readTemplate(text).faults.length > 0,
  },
];

/** What would be refused for its form after the deployment has begun. */
export const formRules: Rule[] = FORM_RULES.map(
  ({ texts, form, saidElsewhere, meant, ...kind }) => ({
    ...kind,
    inEditor: true,
    breaches: (facts) =>
      texts(facts).flatMap((text) => badForm(text, { form, saidElsewhere, meant })),
  }),
);

/** Its form alone cannot be in a schema: it is a part of a path. */
export const bucketName: Rule = {
  code: 'bucket-name',
  reason: 'There is no bucket with such a name: AWS refuses to make one.',
  wrong:
    'artifacts:\n  - {functionName: orders, path: "s3://my packages/orders.zip", type: zipFile}',
  right:
    'artifacts:\n  - {functionName: orders, path: "s3://my-packages/orders.zip", type: zipFile}',
  breaches: ({ packages }) =>
    packages.flatMap(({ bucket }) =>
      badForm(bucket, { form: forms.BUCKET_NAME, saidElsewhere: hasPlaceholder }),
    ),
};

function badForm(
  text: Said<string> | undefined,
  { form, saidElsewhere, meant }: TextForm,
): Breach[] {
  const { pattern, noun, remedy, judge = 'AWS' } = form;
  if (text === undefined || pattern.test(text.value) || saidElsewhere?.(text.value)) return [];
  const near = meant?.(text.value);
  const message = `${quoted(text.value)} is not ${noun} that ${judge} accepts.`;
  return [{ place: text.place, message, remedy: near ? `Did you mean ${quoted(near)}?` : remedy }];
}
