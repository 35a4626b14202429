import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import type { Findings } from '../../domain/preflight.js';
import type { Concurrency } from '../../domain/roomForConcurrency.js';
import type { TargetAccess } from '../../domain/target.js';
import type { FunctionAccess } from '../access.js';
import type { Tools } from '../tools.js';
import { NOTHING, unlessRefused } from './checking.js';

/** What a target's account and region is, beside its functions. */
export interface PlaceFindings {
  /** Bytes of code that the account has room for in the region. Absent where that is not known. */
  roomForCode?: number;
  /** Absent where that is not known. */
  concurrency?: Concurrency;
  findings: Findings;
}

/** A target, and whether somebody only looks ahead. */
export type PlaceInput = TargetAccess & Pick<FunctionAccess, 'preflight'>;

/**
 * Assumes a target's deploy role, and looks how much room there is for code, and how much concurrency.
 * A role that may not see that is no reason to stop.
 *
 * @throws ApplicationFailure `roleNotAllowed` or `roleNotAssumable`
 */
export function inspectPlace(tools: Tools) {
  return async function inspectPlace(input: PlaceInput): Promise<PlaceFindings> {
    await tools.clientsFor(input).lambda.config.credentials();
    let room: Omit<PlaceFindings, 'findings'> = {};
    const findings = await unlessRefused('codeStorage', async () => {
      room = await roomIn(tools, input);
      return NOTHING;
    });
    return { findings, ...room };
  };
}

async function roomIn(tools: Tools, input: PlaceInput): Promise<Omit<PlaceFindings, 'findings'>> {
  const api = tools.lambda({ ...input, function: '' });
  const { AccountLimit = {}, AccountUsage } = await api.read(
    'control',
    'see how much room for code the account has',
    (client, options) => client.send(new GetAccountSettingsCommand({}), options),
  );
  const { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved } = AccountLimit;
  const [most, used] = [AccountLimit.TotalCodeSize, AccountUsage?.TotalCodeSize];
  return {
    ...(most !== undefined && used !== undefined && { roomForCode: Math.max(0, most - used) }),
    ...(limit !== undefined && unreserved !== undefined && { concurrency: { limit, unreserved } }),
  };
}
