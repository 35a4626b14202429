import type { ObservedSettings } from '../../src/domain/functionSettings.js';

/** The settings that a function has to which nobody has given any, as AWS tells them. */
export const NOT_SET = {
  description: '',
  ephemeralStorage: { size: 512 },
  vpcConfig: { subnetIds: [], securityGroupIds: [], ipv6AllowedForDualStack: false },
  fileSystemConfigs: [],
  deadLetterConfig: { targetArn: '' },
  tracingConfig: { mode: 'PassThrough' },
  loggingConfig: { logFormat: 'Text', logGroup: '/aws/lambda/orders' },
  snapStart: { applyOn: 'None' },
  imageConfig: {},
  kmsKeyArn: '',
  sourceKmsKeyArn: '',
} satisfies Partial<ObservedSettings>;
