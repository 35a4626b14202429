import type { AliasState, FunctionState, VersionState } from '../../src/domain/functions.js';
import type { WideState } from '../../src/domain/wideSettings.js';

/** A function in memory. */
export interface MemoryFunction {
  latest: FunctionState;
  versions: VersionState[];
  aliases: Map<string, AliasState>;
  /** How many environments versions and aliases keep ready. */
  provisioned?: Map<string, number>;
  /** What belongs to it as a whole and somebody has set. */
  wide?: WideState;
  /** The deployment that made it, as its tag says. */
  createdBy?: string;
}
