/** A published version, as a list of AWS names it. */
export interface PublishedVersion {
  version: string;
  /** When what it was made of was changed last, as AWS writes it. */
  modifiedAt: string;
}

/** How many old versions are deleted at one target by one deployment: a history has an end. */
export const MAX_DELETED_VERSIONS = 50;

/** The fewest that are kept: what serves, and what there is to go back to. */
export const LEAST_KEPT_VERSIONS = 2;

/**
 * The versions that may go, the oldest first. A version may have served until the one after it was
 * made, so it stays as long as a deployment of that time can be rolled back.
 *
 * @param keep - how many of the newest stay
 * @param named - versions that something refers to
 * @param rememberedMs - for how long deployments that have ended can be rolled back
 * @param now - milliseconds since 1970, as is what it is compared with
 */
export function oldVersions(
  published: readonly PublishedVersion[],
  {
    keep,
    named,
    rememberedMs,
    now,
  }: { keep: number; named: ReadonlySet<string>; rememberedMs: number; now: number },
): string[] {
  const newestFirst = [...published].sort((a, b) => Number(b.version) - Number(a.version));
  const isForgotten = ({ modifiedAt }: PublishedVersion): boolean =>
    Date.parse(modifiedAt) < now - rememberedMs;
  return newestFirst
    .filter((one, index) => {
      const after = newestFirst[index - 1];
      if (index < keep || after === undefined || named.has(one.version)) return false;
      return isForgotten(one) && isForgotten(after);
    })
    .map(({ version }) => version)
    .reverse();
}
