import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTemporal } from '../../dev/stack/temporal.js';
import { connect, type DeploymentReport } from '../../src/client.js';
import { plan, targetPlan } from '../support/plans.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-outage-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function next(
  reports: AsyncGenerator<DeploymentReport, void>,
  wanted: (report: DeploymentReport) => boolean,
): Promise<DeploymentReport> {
  for (;;) {
    const { value } = await reports.next();
    if (value === undefined) throw new Error('The watch ended too early.');
    if (wanted(value)) return value;
  }
}

describe('a watch', () => {
  it('says that Temporal has gone away, waits for it, and goes on', async () => {
    const options = { headless: true, dbFile: join(folder, 'temporal.db') };
    const first = await startTemporal(options);
    const { address, namespace } = first;
    const sluice = await connect({ address, namespace });
    await sluice.start({ plan: plan([targetPlan('prod')]) });
    const reports = sluice.watch('shop');
    await next(reports, ({ stale }) => stale === undefined);

    await first.kill();
    const stale = await next(reports, (report) => report.stale === true);
    expect(stale).toMatchObject({ state: 'running', answering: false, targets: [{}] });

    const port = Number(address.split(':').at(-1));
    const second = await startTemporal({ ...options, port });
    await next(reports, (report) => report.stale === undefined);
    const connection = await Connection.connect({ address });
    await new Client({ connection, namespace }).workflow.getHandle('sluice:shop').terminate();
    expect(await next(reports, ({ state }) => state !== 'running')).toMatchObject({
      state: 'terminated',
    });
    await Promise.all([connection.close(), sluice.close()]);
    await second.stop();
  }, 120_000);
});
