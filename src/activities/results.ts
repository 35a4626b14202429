/**
 * What a mutation found or did.
 *
 * - `done`: it holds now, whether this attempt wrote it or an earlier one whose answer was lost.
 * - `moved`: nothing was written, because the resource's revision is not the one the workflow
 *   gave. The workflow compares what was seen with what it expects, and decides.
 */
export type MutationResult<State> =
  { result: 'done'; state: State } | { result: 'moved'; state: State };

export const done = <State>(state: State): MutationResult<State> => ({ result: 'done', state });
export const moved = <State>(state: State): MutationResult<State> => ({ result: 'moved', state });

/**
 * What became of something that a deployment had created and its rollback removes. What turns out to
 * be somebody else's is left, and is no concern of the deployment's.
 */
export type RemovalResult =
  { result: 'removed' } | { result: 'left'; reason: string; ours: boolean };
