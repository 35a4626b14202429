import type { ExamineInput } from '../../activities/preflight/examineFunction.js';
import { SETTING_NAMES } from '../../domain/functionSettings.js';
import { differingSettings } from '../../domain/settingSelection.js';
import type { FoundFunction } from '../../domain/wouldChange.js';

type Given = Pick<ExamineInput, 'connects' | 'accessPoints' | 'givenKeys'>;

/** What a function would be given that AWS looks at with the rights of the deploy role. */
export function givenBy({ snapshot: { latest }, wanted }: FoundFunction): Given {
  const changed = latest === undefined ? SETTING_NAMES : differingSettings(latest.settings, wanted);
  const { vpcConfig, fileSystemConfigs = [], kmsKeyArn = '', sourceKmsKeyArn = '' } = wanted;
  const keys = { kmsKeyArn, sourceKmsKeyArn };
  const givenKeys = Object.entries(keys)
    .filter(([name, arn]) => arn !== '' && changed.some((one) => one === name))
    .map(([, arn]) => arn);
  const accessPoints = changed.includes('fileSystemConfigs')
    ? fileSystemConfigs.map(({ arn }) => arn)
    : [];
  const connects = changed.includes('vpcConfig') && (vpcConfig?.subnetIds.length ?? 0) > 0;
  return {
    ...(connects && { connects }),
    ...(accessPoints.length > 0 && { accessPoints }),
    ...(givenKeys.length > 0 && { givenKeys }),
  };
}
