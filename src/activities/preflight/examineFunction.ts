import { defined } from '../../domain/defined.js';
import { isImage, packageUri } from '../../domain/packages.js';
import type { Findings, FunctionFindings, ProvisionedNeed } from '../../domain/preflight.js';
import type { FunctionAccess } from '../access.js';
import { assertUnchanged, hashOf, s3Source } from '../codeSource.js';
import type { Tools } from '../tools.js';
import { invocations, stackOf, triggers } from './attached.js';
import { NOTHING, orProblem, together, unlessRefused } from './checking.js';
import { deployPermissions, type Intent } from './deployPermissions.js';
import { executionRole } from './executionRole.js';
import { wouldKeep } from './keptCode.js';
import { otherAliases } from './otherAliases.js';
import { packageSize } from './packageSize.js';
import { provisionable } from './provisionable.js';
import { imageLeft, layersLeft, layersThere, roleLeft } from './restorable.js';

/** A function that a deployment would change, and how. */
export interface ExamineInput extends FunctionAccess, Intent {
  exists: boolean;
  /** Whether there is the alias already, so that it carries the traffic on the way back. */
  shiftable: boolean;
  /** The alias that is to carry its traffic. */
  alias?: string;
  /** What it would need for its provisioned concurrency; absent: no more than there is. */
  provisions?: ProvisionedNeed;
  /** Whether AWS is asked with a dry run whether it takes the package. */
  dryRunCode: boolean;
}

/**
 * Looks for everything that would make the deployment of a function fail, and for what people should
 * know before, beside the comparison with the plan. Writes nothing.
 */
export function examineFunction(tools: Tools) {
  return async function examineFunction(input: ExamineInput): Promise<FunctionFindings> {
    const [kept, ...findings] = await Promise.all([
      wouldKeep(tools, input),
      identityFindings(tools, input),
      attachedFindings(tools, input),
      layerFindings(tools, input),
      roleFindings(tools, input),
      imageFindings(tools, input),
      concurrencyFindings(tools, input),
      orProblem(async () =>
        input.package === undefined ? NOTHING : packageSize(tools, input, input.package),
      ),
      orProblem(() => dryRun(tools, input)),
    ]);
    return { ...together([kept.findings, ...findings]), ...defined({ keptCode: kept.keptCode }) };
  };
}

async function identityFindings(tools: Tools, input: ExamineInput): Promise<Findings> {
  const identity = tools.identity(input);
  const { passesRole } = input;
  return together(
    await Promise.all([
      unlessRefused('permissions', () => deployPermissions(identity, input)),
      passesRole === undefined
        ? NOTHING
        : unlessRefused('executionRole', () => executionRole(identity, passesRole)),
    ]),
  );
}

async function layerFindings(tools: Tools, input: ExamineInput): Promise<Findings> {
  const { layers, layersBack } = input;
  const api = tools.lambda(input);
  return unlessRefused('layers', async () =>
    together(
      await Promise.all([layersThere(api, layers), layersLeft(api, layersBack, carrier(input))]),
    ),
  );
}

function carrier({ alias, shiftable }: ExamineInput): string | undefined {
  return shiftable ? alias : undefined;
}

/** Of the role that a rollback would give back. */
async function roleFindings(tools: Tools, input: ExamineInput): Promise<Findings> {
  const { passesRoleBack: role } = input;
  if (role === undefined) return NOTHING;
  return unlessRefused('executionRole', () =>
    roleLeft(tools.identity(input), role, carrier(input)),
  );
}

/** Of the image that a rollback would give back. */
async function imageFindings(tools: Tools, input: ExamineInput): Promise<Findings> {
  const { imageBack: uri } = input;
  return uri === undefined ? NOTHING : imageLeft(tools, input, uri, carrier(input));
}

async function concurrencyFindings(tools: Tools, input: ExamineInput): Promise<Findings> {
  const { provisions } = input;
  if (provisions === undefined) return NOTHING;
  return unlessRefused('concurrency', () => provisionable(tools.lambda(input), provisions));
}

async function attachedFindings(tools: Tools, input: ExamineInput): Promise<Findings> {
  if (!input.exists) return NOTHING;
  const api = tools.lambda(input);
  const { alias } = input;
  const beside =
    alias === undefined
      ? []
      : [
          unlessRefused('aliases', () => otherAliases(api, alias)),
          unlessRefused('triggers', () => triggers(api, alias)),
          unlessRefused('policy', () => invocations(api, alias)),
        ];
  return together(await Promise.all([unlessRefused('stack', () => stackOf(api)), ...beside]));
}

async function dryRun(tools: Tools, input: ExamineInput): Promise<Findings> {
  const { package: pinned } = input;
  if (!input.dryRunCode || !input.exists || pinned === undefined) return NOTHING;
  const api = tools.lambda(input);
  // An image is asked for by its digest, and cannot have become another.
  if (isImage(pinned)) await hashOf(api, { ImageUri: packageUri(pinned) });
  else await assertUnchanged(api, s3Source(pinned), pinned);
  return NOTHING;
}
