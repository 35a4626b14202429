import { describe, expect, it } from '@jest/globals';
import { PASSING } from '../../src/activities/refusals/passing.js';
import { answer, CONFLICT, INVALID, minutes, told, type Answer } from './refused.js';

const CREATE_GRANT =
  'Lambda was unable to configure access to your environment variables because the KMS key is invalid for CreateGrant. Please check your KMS key settings. KMS Exception: InvalidArnException KMS Message: ';

describe('what AWS refuses and takes later is tried again for as long as that may last', () => {
  it.each<[what: string, code: string, minutes: number, answer: Answer]>([
    [
      'another update',
      'awsRefused',
      10,
      answer(
        'UpdateFunctionCode',
        CONFLICT,
        'The operation cannot be performed at this time. An update is in progress for resource: arn:x',
      ),
    ],
    [
      'a concurrent update',
      'awsRefused',
      10,
      answer(
        'UpdateFunctionConfiguration',
        CONFLICT,
        'The function could not be updated due to a concurrent update operation.',
      ),
    ],
    [
      'concurrent requests',
      'awsRefused',
      10,
      answer(
        'PublishVersion',
        CONFLICT,
        'Conflict due to concurrent requests on this function. Please try this request again.',
      ),
    ],
    [
      'a version that is being made',
      'awsRefused',
      10,
      answer('UpdateAlias', CONFLICT, 'The function is currently in the following state: Pending'),
    ],
    [
      'a new execution role',
      'settingsRejected',
      5,
      answer(
        'CreateFunction',
        INVALID,
        'The role defined for the function cannot be assumed by Lambda.',
      ),
    ],
    [
      'a new policy of an execution role',
      'settingsRejected',
      5,
      answer(
        'UpdateFunctionConfiguration',
        INVALID,
        'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
      ),
    ],
    [
      'a new role that KMS does not know',
      'settingsRejected',
      5,
      answer(
        'UpdateFunctionConfiguration',
        INVALID,
        `${CREATE_GRANT}ARN does not refer to a valid principal`,
      ),
    ],
    [
      'a new grant of a key',
      'accessDenied',
      5,
      answer(
        'UpdateFunctionConfiguration',
        INVALID,
        'Lambda was unable to decrypt the environment variables because KMS access was denied.',
      ),
    ],
    [
      'an error inside S3',
      'awsUnavailable',
      Infinity,
      answer(
        'UpdateFunctionCode',
        INVALID,
        'Error occurred while GetObject. S3 Error Code: InternalError. S3 Error Message: We encountered an internal error. Please try again.',
      ),
    ],
    [
      'an error inside Lambda',
      'awsUnavailable',
      Infinity,
      answer(
        'CreateFunction',
        INVALID,
        'Lambda was unable to configure access to your environment variables due to an internal service error',
      ),
    ],
    [
      'the rate of EC2',
      'throttled',
      10,
      answer(
        'CreateFunction',
        INVALID,
        'Your request has been throttled by EC2, please make sure you have enough API rate limit. EC2 Error Code: RequestLimitExceeded.',
      ),
    ],
    [
      'network interfaces',
      'awsRefused',
      10,
      answer(
        'UpdateFunctionConfiguration',
        INVALID,
        'Lambda was not able to create an ENI in the VPC of the Lambda function because the limit for Network Interfaces has been reached.',
      ),
    ],
    [
      'a file system that is being mounted',
      'settingsRejected',
      5,
      answer(
        'CreateFunction',
        INVALID,
        'EFS file system arn:x has mount targets created in all availability zones the function will execute in, but not all are in the available life cycle state yet. Please wait for them to become available and try the request again.',
      ),
    ],
    [
      'an image that was just pushed',
      'packageNotFound',
      2,
      answer(
        'UpdateFunctionCode',
        INVALID,
        'Source image 111111111111.dkr.ecr.eu-west-1.amazonaws.com/x:1 does not exist. Provide a valid source image.',
      ),
    ],
    [
      'snapshots that are being made',
      'throttled',
      Infinity,
      answer(
        'PublishVersion',
        'TooManyRequestsException',
        'Lambda was unable to create new snapshot because you have reached your concurrent snapshot limit',
        429,
      ),
    ],
    [
      'a version that is not known everywhere yet',
      'awsRefused',
      1,
      answer('UpdateAlias', 'ResourceNotFoundException', 'Function not found: arn:x:7', 404),
    ],
    [
      'a signature that came too late',
      'awsUnavailable',
      5,
      answer('UpdateAlias', 'InvalidSignatureException', 'Signature expired: 2026', 403),
    ],
  ])('%s', (_, code, lasts, one) => {
    expect([told(one).code, minutes(one)]).toEqual([code, lasts]);
  });

  it('says where that is written, for each of them', () => {
    expect(PASSING.filter(({ source, lastsMs }) => source === '' || lastsMs <= 0)).toEqual([]);
  });

  it('tells on the way back after two minutes what it goes on trying', () => {
    const role = answer('UpdateFunctionConfiguration', INVALID, 'it cannot be assumed by Lambda');
    const conflict = answer('UpdateFunctionCode', CONFLICT, 'concurrent update operation');
    expect([role, conflict].map((one) => minutes(one, { rollback: true }))).toEqual([2, 2]);
  });
});

describe('what AWS words in a way that nobody has met yet', () => {
  it.each<[what: string, code: string, again: boolean, answer: Answer]>([
    ['a conflict', 'awsRefused', true, answer('UpdateAlias', CONFLICT, 'Try that later, please.')],
    [
      'a conflict under another name',
      'awsRefused',
      true,
      answer('GetObject', 'OperationAborted', 'A conflicting operation is in progress', 409),
    ],
    ['too many requests', 'throttled', true, answer('CreateAlias', 'SomethingNew', 'Slower!', 429)],
    ['an error of its own', 'awsUnavailable', true, answer('CreateAlias', 'Oops', 'Hm', 507)],
    ['a timeout', 'awsUnavailable', true, answer('GetObject', 'RequestTimeout', 'Too slow', 400)],
    ['a parameter', 'settingsRejected', false, answer('CreateFunction', INVALID, 'No such thing')],
    ['anything else', 'awsRefused', false, answer('CreateAlias', 'SomethingNew', 'No', 400)],
  ])('%s is decided by its type and its status', (_, code, again, one) => {
    expect(told(one)).toMatchObject({ code, again });
  });
});

const PROVISIONING = 'PutProvisionedConcurrencyConfig';
const RESERVED = 'Requested Provisioned Concurrency should not be greater than the ';

describe('what does not pass', () => {
  it.each([
    answer('UpdateAlias', CONFLICT, "The version is in state: 'Failed', FunctionError"),
    answer('CreateFunction', INVALID, `${CREATE_GRANT}Key Aliases are not supported for this.`),
    answer('UpdateFunctionCode', INVALID, 'S3 Error Code: NoSuchKey. S3 Error Message: None.'),
    answer('UpdateFunctionConfiguration', INVALID, 'Layer version arn:x:1 does not exist.'),
    answer(PROVISIONING, CONFLICT, 'Version is pointed by a Provisioned Concurrency alias'),
    answer(PROVISIONING, INVALID, `${RESERVED}reservedConcurrentExecution for function`),
  ])('is not tried again: $operation, $message', (one) => {
    expect(told(one).again).toBe(false);
  });

  it('is mended with another build, where Lambda finds an image not valid', () => {
    const invalid = answer(
      'CreateFunction',
      INVALID,
      'Source image 111111111111.dkr.ecr.eu-west-1.amazonaws.com/x:1 is not valid. Provide a valid source image.',
    );
    expect(told(invalid)).toMatchObject({
      code: 'packageRejected',
      again: false,
      remedy: expect.stringContaining('--provenance=false'),
    });
  });

  it('is mended by the role and by the policy of the repository, where ECR denies to show an image', () => {
    const denied = answer(
      'DescribeImages',
      'AccessDeniedException',
      'User: arn:x is not authorized to perform: ecr:DescribeImages on resource: arn:y because no resource-based policy allows the ecr:DescribeImages action',
    );
    expect(told(denied)).toEqual({
      code: 'accessDenied',
      again: false,
      remedy:
        'Give arn:aws:iam::111111111111:role/Deploy ecr:DescribeImages, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer on the repository. Where that is in another account, its policy has to let the role do the same.',
    });
  });

  it.each(['AccessDeniedException', INVALID])(
    'is mended with rights to look at the network, where EC2 denies that: %s',
    (exception) => {
      const denied = answer(
        'UpdateFunctionConfiguration',
        exception,
        'Your access has been denied by EC2, please make sure your request credentials have permission to DescribeSecurityGroups for sg-1. EC2 Error Code: UnauthorizedOperation.',
      );
      expect(told(denied)).toEqual({
        code: 'accessDenied',
        again: false,
        remedy:
          'Give arn:aws:iam::111111111111:role/Deploy ec2:DescribeSecurityGroups, ec2:DescribeSubnets and ec2:DescribeVpcs.',
      });
    },
  );

  it.each([
    [
      answer(
        'PutFunctionConcurrency',
        INVALID,
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
      ),
      'raise the quota "Concurrent executions"',
    ],
    [
      answer('TagResource', INVALID, 'Number of tags exceeds resource tag limit.'),
      'at most 50 tags, whoever wrote them',
    ],
    [
      answer(
        'UpdateFunctionConfiguration',
        INVALID,
        "Cannot change runtime identifier when runtime management configuration is set to 'Manual'.",
      ),
      'updateRuntimeOn: Auto',
    ],
  ])('says of a whole function how it is mended: $operation', (one, remedy) => {
    expect(told(one)).toMatchObject({ code: 'settingsRejected', again: false });
    expect(told(one).remedy).toContain(remedy);
  });

  it.each([
    ['settingsRejected', `${RESERVED}reservedConcurrentExecution for function`],
    [
      'settingsRejected',
      "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    ],
    [
      'settingsRejected',
      "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [1000].",
    ],
    ['splitImpossible', 'Alias with weights can not be used with Provisioned Concurrency'],
  ])('is %s, with what to do: %s', (code, message) => {
    const refused = told(answer(PROVISIONING, INVALID, message));
    expect(refused.code).toBe(code);
    expect(refused.remedy).toMatch(
      /reserved for the function|provisioned concurrency of the alias/,
    );
  });

  it('is mended in the file on the way forward, and made available again on the way back', () => {
    const layer = answer(
      'UpdateFunctionConfiguration',
      INVALID,
      'Layer version arn:x:1 does not exist.',
    );
    expect(told(layer).remedy).toBe('Mend the setting that AWS names in the deployment file.');
    const back = told(layer, 1, { rollback: true }).remedy;
    expect(back).toContain('make available again what AWS names, such as a layer version');
    expect(told(layer, 1, { restores: true }).remedy).toBe(back);
    expect(back).not.toContain('deployment file');
  });
});
