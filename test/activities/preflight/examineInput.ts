import type { ExamineInput } from '../../../src/activities/preflight/examineFunction.js';
import type { WriteOperation } from '../../../src/domain/release.js';
import type { ExistingFunction } from '../../support/existingFunction.js';

const UPDATING: WriteOperation[] = [
  'PublishVersion',
  'UpdateFunctionConfiguration',
  'UpdateFunctionCode',
  'UpdateAlias',
];

/** What a plan asks about a function that a deployment would update. */
export function examineInput(
  { access, first }: ExistingFunction,
  changes: Partial<ExamineInput> = {},
): ExamineInput {
  return {
    ...access,
    exists: true,
    shiftable: true,
    writes: UPDATING,
    layers: [],
    layersBack: [],
    dryRunCode: false,
    package: first,
    ...changes,
  };
}
