import { describe, expect, it } from '@jest/globals';
import { readDeployment } from '../../src/config/index.js';
import { roleOf, type AskedRole } from '../../src/roles/asked.js';
import { roleOfPlan } from '../../src/roles/fromPlan.js';
import { deploymentFile, type FilePlace } from '../support/deploymentFile.js';
import { LEAST, MOST } from './asking.js';

function planOf(deployRoles: readonly string[], layers: readonly string[] = []) {
  const targets = deployRoles.map((deployRoleArn, index) => {
    const executionRoleArn = `${deployRoleArn.slice(0, 31)}Execution`;
    const place: FilePlace = {
      deployRoleArn,
      executionRoleArn,
      region: 'eu-west-1',
      bucket: 'acme-packages',
    };
    const options = layers.length === 0 ? {} : { layers };
    return {
      name: `target ${index}`,
      place,
      functionName: `orders-${index}`,
      alias: 'live',
      options,
    };
  });
  const { plan } = readDeployment(deploymentFile('shop', targets), { deploymentId: 'test' });
  if (plan === undefined) throw new Error('the file has no plan');
  for (const one of plan.targets.flatMap(({ functions }) => functions)) {
    one.replacedCode = 's3://acme-packages/replaced/';
  }
  return plan;
}

describe('a role that is asked for', () => {
  it('has the name SluiceDeploy and no path, unless it is named', () => {
    expect(roleOf(LEAST)).toMatchObject({ name: 'SluiceDeploy', path: '/' });
    expect(roleOf(MOST)).toMatchObject({ name: 'ShopDeploy', path: '/' });
  });

  it('is for the account of its execution roles', () => {
    expect(roleOf(LEAST)).not.toHaveProperty('account');
    expect(roleOf(MOST)).toMatchObject({ account: '222222222222' });
  });

  it('has layers in all their versions, once', () => {
    expect(roleOf(MOST).layers).toEqual(['arn:aws-cn:lambda:cn-north-1:333333333333:layer:tools']);
  });

  it.each<[keyof AskedRole, unknown, string]>([
    ['worker', 'arn:aws:iam::111111111111:root', 'It is a whole account'],
    ['worker', 'arn:aws:sts::111111111111:assumed-role/Worker/i-0', 'It is a session'],
    ['worker', 'arn:aws:iam::111111111111:role/*', 'A role trusts one identity'],
    ['worker', '*', 'A role trusts one identity'],
    ['worker', 'SluiceWorker', 'Write the ARN of a role or a user'],
    ['externalId', 'x', 'it must be 2 to 1224'],
    ['externalId', '${AWS::AccountId}', 'it must be 2 to 1224'],
    ['roleName', 'r'.repeat(65), 'Use 1 to 64 letters'],
    ['function', ['*'], 'write --all-functions instead'],
    ['function', ['**'], 'write --all-functions instead'],
    ['function', ['arn:aws:lambda:eu-west-1:1:function:orders'], 'without ARN or version'],
    ['function', ['orders:live'], 'without ARN or version'],
    ['function', ['f'.repeat(65)], 'without ARN or version'],
    ['function', ['orders', ''], 'without ARN or version'],
    ['function', [], 'Say which functions it deploys'],
    ['bucket', ['*'], 'It matches every bucket'],
    ['bucket', ['***'], 'It matches every bucket'],
    ['bucket', ['s3://acme-packages'], 'Use the name alone'],
    ['bucket', ['acme-packages/orders.zip'], 'Use the name alone'],
    ['bucket', [], 'Say which buckets'],
    [
      'repository',
      ['333333333333.dkr.ecr.eu-west-1.amazonaws.com/*'],
      'It matches every repository',
    ],
    ['repository', ['333333333333.dkr.ecr.eu-west-1.amazonaws.com/orders:1'], 'Leave out the tag'],
    ['repository', ['orders'], 'Write its address without a tag'],
    ['executionRole', ['arn:aws:iam::111111111111:role/*'], 'It matches every role'],
    ['executionRole', ['arn:aws:iam::*:role/orders'], 'Write its ARN'],
    ['executionRole', ['*'], 'Write its ARN'],
    ['executionRole', ['orders'], 'Write its ARN'],
    ['layer', ['tools'], 'Write its ARN'],
    ['layer', ['*'], 'Write its ARN'],
    ['key', ['alias/orders'], 'IAM knows no aliases'],
    ['key', ['arn:aws:kms:eu-west-1:111111111111:key/*'], 'IAM knows no aliases'],
  ])('is refused with a sentence: %s %j', (name, value, expected) => {
    expect(() => roleOf({ ...LEAST, [name]: value })).toThrow(expected);
  });

  it('is refused for execution roles of two accounts', () => {
    const executionRole = ['arn:aws:iam::222222222222:role/a', 'arn:aws:iam::333333333333:role/b'];
    expect(() => roleOf({ ...LEAST, executionRole })).toThrow(
      "Lambda in account 222222222222 cannot run functions with arn:aws:iam::333333333333:role/b, which is another account's.",
    );
  });

  it('is refused with all that is wrong at once', () => {
    expect(() => roleOf({ ...LEAST, function: ['*'], bucket: [], worker: 'me' })).toThrow(
      /^No role can be made:\n- --worker "me" .*\n- --function "\*" .*\n- Say which buckets .*$/,
    );
  });
});

describe('the role of a deployment file', () => {
  const arn = 'arn:aws:iam::222222222222:role/deploying/shop/Deploy';

  it('has what its targets name, and what is asked for besides', () => {
    const layer = 'arn:aws:lambda:eu-west-1:333333333333:layer:tools:3';
    const role = roleOf(
      { ...LEAST, function: ['shop-*'], bucket: [] },
      roleOfPlan(planOf([arn, arn], [layer])),
    );
    expect(role).toMatchObject({
      name: 'Deploy',
      path: '/deploying/shop/',
      account: '222222222222',
      functions: ['orders-0', 'orders-1', 'shop-*'],
      buckets: ['acme-packages'],
      replacedCode: ['s3://acme-packages/replaced/'],
      executionRoles: ['arn:aws:iam::222222222222:role/Execution'],
      layers: ['arn:aws:lambda:eu-west-1:333333333333:layer:tools'],
    });
  });

  it('has the repositories of its container images, and no buckets for them', () => {
    const plan = planOf([arn, arn]);
    const address = '333333333333.dkr.ecr.eu-west-1.amazonaws.com/shop/orders';
    for (const one of plan.targets.flatMap(({ functions }) => functions)) {
      one.package = { imageUri: `${address}:1.4.0` };
    }
    expect(roleOf({ ...LEAST, bucket: [] }, roleOfPlan(plan))).toMatchObject({
      buckets: [],
      repositories: [address],
    });
  });

  it('is one role: targets that have others are to be chosen', () => {
    const other = 'arn:aws:iam::333333333333:role/Deploy';
    expect(() => roleOfPlan(planOf([arn, other]))).toThrow(
      `The targets have 2 deploy roles, and one role is made at a time. Choose its targets:
- ${arn}: -t "target 0"
- ${other}: -t "target 1"`,
    );
  });
});
