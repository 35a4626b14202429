/**
 * A request to the Lambda API, for a copy of a function's code, for a secret or for an image: what it asks
 * for, and of which function, secret or repository.
 */
export interface LambdaOperation {
  operation?: string;
  functionName?: string | undefined;
}

const FUNCTION = String.raw`/functions/(?<name>[^/?]+)`;

/** Their path has an ARN. */
const TAGS_OF = '/tags/[^/?]*(?::|%3A)(?<name>[^/?:%]+)';

/** The calls that the product makes, by method and path below the API's date. */
const ROUTES: readonly [method: string, path: string, operation: string][] = [
  ['POST', '/functions', 'CreateFunction'],
  ['GET', FUNCTION, 'GetFunction'],
  ['DELETE', FUNCTION, 'DeleteFunction'],
  ['PUT', `${FUNCTION}/code`, 'UpdateFunctionCode'],
  ['PUT', `${FUNCTION}/configuration`, 'UpdateFunctionConfiguration'],
  ['POST', `${FUNCTION}/versions`, 'PublishVersion'],
  ['GET', `${FUNCTION}/versions`, 'ListVersionsByFunction'],
  ['POST', `${FUNCTION}/aliases`, 'CreateAlias'],
  ['GET', `${FUNCTION}/aliases`, 'ListAliases'],
  ['GET', `${FUNCTION}/aliases/[^/?]+`, 'GetAlias'],
  ['PUT', `${FUNCTION}/aliases/[^/?]+`, 'UpdateAlias'],
  ['DELETE', `${FUNCTION}/aliases/[^/?]+`, 'DeleteAlias'],
  ['GET', `${FUNCTION}/policy`, 'GetPolicy'],
  ['GET', `${FUNCTION}/concurrency`, 'GetFunctionConcurrency'],
  ['PUT', `${FUNCTION}/concurrency`, 'PutFunctionConcurrency'],
  ['DELETE', `${FUNCTION}/concurrency`, 'DeleteFunctionConcurrency'],
  ['GET', `${FUNCTION}/runtime-management-config`, 'GetRuntimeManagementConfig'],
  ['PUT', `${FUNCTION}/runtime-management-config`, 'PutRuntimeManagementConfig'],
  ['GET', `${FUNCTION}/recursion-config`, 'GetFunctionRecursionConfig'],
  ['PUT', `${FUNCTION}/recursion-config`, 'PutFunctionRecursionConfig'],
  ['POST', TAGS_OF, 'TagResource'],
  ['DELETE', TAGS_OF, 'UntagResource'],
  ['GET', `${FUNCTION}/provisioned-concurrency`, 'GetProvisionedConcurrencyConfig'],
  ['PUT', `${FUNCTION}/provisioned-concurrency`, 'PutProvisionedConcurrencyConfig'],
  ['DELETE', `${FUNCTION}/provisioned-concurrency`, 'DeleteProvisionedConcurrencyConfig'],
  ['GET', `${FUNCTION}/urls`, 'ListFunctionUrlConfigs'],
  ['GET', '/layers', 'GetLayerVersionByArn'],
  ['GET', '/event-source-mappings', 'ListEventSourceMappings'],
];

export function lambdaOperation(
  method: string | undefined,
  url: string | undefined,
  body: Buffer,
): LambdaOperation {
  const [path = '', query] = (url ?? '').split('?');
  const lists = new URLSearchParams(query).has('List');
  const copied = /^\/[^/]+\/replaced\/([^/]+)\/[^/]+$/.exec(path)?.[1];
  if (method === 'PUT' && copied !== undefined) {
    return { operation: 'PutObject', functionName: copied };
  }
  if (method === 'POST' && path === '/' && body.includes('"SecretId"')) {
    const { SecretId } = JSON.parse(body.toString()) as { SecretId?: string };
    return { operation: 'GetSecretValue', functionName: SecretId };
  }
  if (method === 'POST' && path === '/' && body.includes('"imageIds"')) {
    const { repositoryName } = JSON.parse(body.toString()) as { repositoryName?: string };
    return { operation: 'DescribeImages', functionName: repositoryName };
  }
  for (const [wanted, pattern, operation] of ROUTES) {
    if (wanted !== method) continue;
    const found = new RegExp(String.raw`^/\d{4}-\d\d-\d\d${pattern}/?$`).exec(path);
    if (found === null) continue;
    const named = found.groups?.['name'] ?? namedElsewhere(operation, query, body);
    return {
      // The one path of which a parameter tells two operations apart.
      operation: lists ? 'ListProvisionedConcurrencyConfigs' : operation,
      functionName: named === undefined ? undefined : decodeURIComponent(named),
    };
  }
  return {};
}

/** Where the path does not name the function. */
function namedElsewhere(
  operation: string,
  query: string | undefined,
  body: Buffer,
): string | undefined {
  if (operation !== 'CreateFunction') return new URLSearchParams(query).get('FunctionName') ?? '';
  return (JSON.parse(body.toString()) as { FunctionName?: string }).FunctionName;
}
