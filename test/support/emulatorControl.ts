import { defined } from '../../src/domain/defined.js';
import { shared } from './shared.js';

/** Tells the emulator what an account has, by one of its own paths. */
async function tell(what: string, query: Record<string, string>): Promise<void> {
  const url = `${shared.awsEndpoint}/_sluice/${what}?${new URLSearchParams(query).toString()}`;
  const answer = await fetch(url, { method: 'POST' });
  if (!answer.ok) throw new Error(await answer.text());
}

/** @param bytes - of code, in each region of the account */
export function giveCodeStorage(account: string, bytes: number): Promise<void> {
  return tell('code-storage', { account, bytes: String(bytes) });
}

/** @param reason - why AWS cannot allocate provisioned concurrency from now on; empty: it can */
export function letProvisioningFail(account: string, reason: string): Promise<void> {
  return tell('provisioning', { account, fails: reason });
}

/** From now on the account is one that has never enabled the region. */
export function takeRegion(account: string, region: string): Promise<void> {
  return tell('without-region', { account, region });
}

/** Versions with SnapStart that are published from now on stay Pending until {@link endSnapshots}. */
export function holdSnapshots(account: string): Promise<void> {
  return tell('snapshots', { account, held: 'true' });
}

/** @param reason - why those that wait cannot be made; without it, they are */
export function endSnapshots(account: string, reason?: string): Promise<void> {
  return tell('snapshots', { account, held: 'false', ...defined({ reason }) });
}

/** From now on the versions that the account has were made long ago. */
export function ageVersions(account: string): Promise<void> {
  return tell('aged', { account, date: '2020-01-01' });
}
