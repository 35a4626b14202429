/** The end of a remedy, of what keeps a rollback until somebody has mended it or gives it up. */
export const LOOKED_AT_AGAIN =
  ' It is looked at again when the rollback is tried again. To leave it as it is, give the rollback up.';

/** A remedy as it is for a rollback that goes on to its end without what it says. */
export function withoutTryingAgain(remedy: string): string {
  return remedy.replace(LOOKED_AT_AGAIN, '');
}
