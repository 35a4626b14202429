import { condition } from '@temporalio/workflow';

/**
 * Resolves when everything that this moment brings about has happened: a gate closes and the next
 * one opens, a hundred messages arrive. Conditions are looked at after that.
 */
export async function endOfActivation(): Promise<void> {
  let over = false;
  const waited = condition(() => over);
  over = true;
  await waited;
}
