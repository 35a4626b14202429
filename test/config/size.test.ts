import { describe, expect, it } from '@jest/globals';
import { readDeployment, type Diagnostic } from '../../src/config/index.js';
import { DEPLOYMENT_ID, diagnose, SHOP, shopWith } from './support.js';

const OPTION = `x-option: &option
  name: stock
  runAsIamRole: arn:aws:iam::111111111111:role/Run
  handler: stock.handler
  runtime: python3.13
`;

/** The example with further targets that deploy what an anchor says, and something more. */
function shopWithTargets(count: number, more = ''): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const targets = numbers.map((index) => `  t${index}: {<<: *common, region: us-east-1}\n`);
  const options = numbers.map((index) => `    - {<<: *option, target: t${index}}\n`);
  return shopWith('\ntargets:\n', `\n${OPTION}${more}targets:\n${targets.join('')}`).replace(
    '  lambda:\n',
    `  lambda:\n${options.join('')}`,
  );
}

/** Some of the targets release one function after the other, which is a warning. */
function errors(text: string): Diagnostic[] {
  return diagnose(text).filter(({ severity }) => severity === 'error');
}

describe('a deployment', () => {
  it('may have as many targets as a workflow can start', () => {
    const { plan } = readDeployment(shopWithTargets(1998), { deploymentId: DEPLOYMENT_ID });
    expect(plan?.targets).toHaveLength(2000);
  });

  it('is refused at its first target too many', () => {
    const text = shopWithTargets(1999);
    const line = text.split('\n').indexOf('  production:') + 1;
    expect(errors(text)).toEqual([
      expect.objectContaining({ code: 'too-many-targets', line, column: 3 }),
    ]);
  });

  it('is refused without a target', () => {
    const text = SHOP.replace(/\ntargets:\n(?: .*\n)+/, '\ntargets: {}\n');
    expect(diagnose(text)).toContainEqual(
      expect.objectContaining({
        code: 'no-targets',
        line: text.split('\n').indexOf('targets: {}') + 1,
      }),
    );
  });

  it('is refused when it is small as a file and too large as a plan', () => {
    const text = shopWithTargets(300, `  environment: {VALUE: ${'v'.repeat(4000)}}\n`);
    expect(errors(text)).toEqual([expect.objectContaining({ code: 'plan-too-large' })]);
  });
});
