import { parse, stringify } from 'yaml';
import type { ProblemKind } from '../../src/config/index.js';

type Mapping = Record<string, unknown>;

/** A deployment without a mistake that the examples of the catalog are laid over. */
const BASE: Mapping = parse(`
version: v1
kind: lambda
application: shop
targets:
  production:
    account: production
    deployAsIamRole: arn:aws:iam::111111111111:role/Deploy
    region: us-east-1
    strategy: gradual
strategies:
  gradual: {canary: {steps: [{setWeight: 25}]}}
artifacts:
  - {functionName: orders, path: s3://packages/orders.zip, type: zipFile}
providerOptions:
  lambda:
    - target: production
      name: orders
      runAsIamRole: arn:aws:iam::111111111111:role/Run
      handler: index.handler
      runtime: nodejs24.x
trafficManagement:
  - targets: [production]
    alias: [{functionName: orders, aliasName: live}]
`) as Mapping;

/** An example of the catalog as a whole file: mappings are laid over each other, lists replaced. */
export function exampleFile({ whole }: ProblemKind, example: string): string {
  return whole ? example : stringify(laidOver(BASE, parse(example)));
}

function laidOver(below: unknown, above: unknown): unknown {
  if (!isMapping(below) || !isMapping(above)) return above;
  const merged = Object.entries(above).map(
    ([key, value]) => [key, laidOver(below[key], value)] as const,
  );
  return { ...below, ...Object.fromEntries(merged) };
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
