/** The end of a remedy, of what keeps a rollback until somebody has mended it or gives it up. */
export const LOOKED_AT_AGAIN =
  ' It is looked at again when the rollback is tried again. To leave it as it is, give the rollback up.';

/** A remedy as it is for a rollback that goes on to its end without what it says. */
export function withoutTryingAgain(remedy: string): string {
  return remedy.replace(LOOKED_AT_AGAIN, '');
}

/** What is to be done about code and settings that are not back where an alias carries the traffic. */
export const BY_HAND = 'Put $LATEST in order by hand, or with the next deployment.';
