/**
 * What belongs to a whole function and not to its versions: AWS has requests of its own for each. One
 * that is absent stays as it is.
 */
export interface FunctionWide {
  /** Tags by their keys. Those of other keys stay as they are. */
  tags?: Record<string, string>;
  /**
   * How many invocations may run at once, for which the account keeps room. With 0 none may; `none`
   * keeps none, and the function shares the account's.
   */
  reservedConcurrency?: number | 'none';
  /** Of `$LATEST`. */
  runtimeManagementConfig?: RuntimeManagementConfig;
  /** One of {@link RECURSIVE_LOOP}. */
  recursiveLoop?: string;
}

/** When Lambda moves a function to a newer version of its runtime. */
export interface RuntimeManagementConfig {
  /** One of {@link UPDATE_RUNTIME_ON}. */
  updateRuntimeOn: string;
  /** The version of the runtime to stay at: with `Manual`, and only then. */
  runtimeVersionArn?: string;
}

/** The words of AWS for when it updates a function's runtime; the first is what it does by default. */
export const UPDATE_RUNTIME_ON: readonly string[] = ['Auto', 'FunctionUpdate', 'Manual'];

/** The words of AWS for what it does with a function that invokes itself; the first by default. */
export const RECURSIVE_LOOP: readonly string[] = ['Terminate', 'Allow'];
