/**
 * The code behind a link of AWS's, which is good for ten minutes, as it comes.
 *
 * @throws Error when the link gives none
 */
export async function openCodeLink(
  link: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const { ok, status, body } = await fetch(link, { signal });
  if (ok && body !== null) return body;
  await body?.cancel();
  throw new Error(`the package link answered with status ${status}`);
}
