import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { defined } from '../../domain/defined.js';
import type { Findings } from '../../domain/preflight.js';
import type { TargetAccess } from '../../domain/target.js';
import type { FunctionAccess } from '../access.js';
import type { Tools } from '../tools.js';
import { NOTHING, unlessRefused } from './checking.js';

/** What a target's account and region is, beside its functions. */
export interface PlaceFindings {
  /** Bytes of code that the account has room for in the region. Absent where that is not known. */
  roomForCode?: number;
  findings: Findings;
}

/** A target, and whether somebody only looks ahead. */
export type PlaceInput = TargetAccess & Pick<FunctionAccess, 'preflight'>;

/**
 * Assumes a target's deploy role, and looks how much room there is for code. A role that may not see
 * that is no reason to stop.
 *
 * @throws ApplicationFailure `roleNotAllowed` or `roleNotAssumable`
 */
export function inspectPlace(tools: Tools) {
  return async function inspectPlace(input: PlaceInput): Promise<PlaceFindings> {
    await tools.clientsFor(input).lambda.config.credentials();
    let roomForCode: number | undefined;
    const findings = await unlessRefused('codeStorage', async () => {
      roomForCode = await roomIn(tools, input);
      return NOTHING;
    });
    return { findings, ...defined({ roomForCode }) };
  };
}

async function roomIn(tools: Tools, input: PlaceInput): Promise<number | undefined> {
  const api = tools.lambda({ ...input, function: '' });
  const { AccountLimit, AccountUsage } = await api.read(
    'control',
    'see how much room for code the account has',
    (client, options) => client.send(new GetAccountSettingsCommand({}), options),
  );
  const [limit, used] = [AccountLimit?.TotalCodeSize, AccountUsage?.TotalCodeSize];
  return limit === undefined || used === undefined ? undefined : Math.max(0, limit - used);
}
