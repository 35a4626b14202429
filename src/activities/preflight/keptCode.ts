import { packageUri } from '../../domain/packages.js';
import type { Findings } from '../../domain/preflight.js';
import type { FunctionAccess } from '../access.js';
import { placeToKeep } from '../placeToKeep.js';
import { settledFunction } from '../reading.js';
import { recordedPackage } from '../recordedPackage.js';
import type { Tools } from '../tools.js';
import { NOTHING, unlessRefused } from './checking.js';
import type { Intent } from './deployPermissions.js';

/** Where the code that is replaced would be kept, if anywhere. */
export async function wouldKeep(
  tools: Tools,
  input: FunctionAccess & Pick<Intent, 'replacedCode'>,
): Promise<{ findings: Findings; keptCode?: string }> {
  const { replacedCode } = input;
  if (replacedCode === undefined) return { findings: NOTHING };
  let keptCode: string | undefined;
  const findings = await unlessRefused('replacedCode', async () => {
    const api = tools.lambda(input);
    const found = await settledFunction(api);
    if ((await recordedPackage(api, found)) !== undefined) return NOTHING;
    const { CodeSha256 = '' } = found.Configuration;
    keptCode = packageUri(placeToKeep({ ...input, replacedCode }, CodeSha256));
    return NOTHING;
  });
  return { findings, ...(keptCode !== undefined && { keptCode }) };
}
