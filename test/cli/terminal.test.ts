import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type Sluice } from '../../src/client.js';
import { endAll } from '../client/direct.js';
import { LocalWorkers } from '../client/localWorker.js';
import { EMPTY, MemoryLambda } from '../support/memoryLambda.js';
import { makeNamespace } from '../support/namespace.js';
import { functionPlan, plan, targetPlan } from '../support/plans.js';
import { shared } from '../support/shared.js';
import { until } from '../support/until.js';
import { Terminal } from '../support/terminal/terminal.js';
import { NO_TEMPORAL_CONFIG } from '../support/temporalConfig.js';

const bin = fileURLToPath(new URL('../../bin', import.meta.url));

let environment: Record<string, string>;
let sluice: Sluice;
let workers: LocalWorkers;
let working: Promise<void>;
let stop: () => void;

/** One deployment that waits twice for a person, each time at a canary. */
beforeAll(async () => {
  const namespace = await makeNamespace();
  environment = { TEMPORAL_ADDRESS: shared.temporalAddress, TEMPORAL_NAMESPACE: namespace };
  sluice = await connect({ address: shared.temporalAddress, namespace });
  workers = await LocalWorkers.in(namespace);
  // In a checkout the first command builds, and says so.
  await promisify(execFile)(process.execPath, [join(bin, 'sluice'), '--version']);
  const lambda = new MemoryLambda();
  lambda.put('checkout', EMPTY, 'live');
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  working = workers.with(lambda, () => stopped);
  const canary = [10, 50].flatMap((weight) => [
    { type: 'setWeight', weight } as const,
    { type: 'approval' } as const,
  ]);
  const functions = [functionPlan('checkout', { alias: 'live' })];
  await sluice.start({
    startedBy: 'ana',
    commit: '4f2e1c0d7a9b8e6f5d4c3b2a1908f7e6d5c4b3a2',
    plan: plan(
      [
        targetPlan('staging', { functionNames: ['basket'] }),
        targetPlan('production', { functions, strategy: 'canary', dependsOn: ['staging'] }),
        targetPlan('later', { functionNames: ['rest'], dependsOn: ['production'] }),
      ],
      {
        deploymentId: '5c0f2a4e-0000-4000-8000-000000000001',
        strategies: {
          allAtOnce: { steps: [{ type: 'setWeight', weight: 100 }] },
          canary: { steps: canary },
        },
      },
    ),
  });
});
afterAll(async () => {
  await endAll(sluice.namespace);
  stop();
  await working;
  await sluice.close();
  await workers.close();
});

function watched(columns: number): Terminal {
  return new Terminal(columns, ['deploy', 'watch', '-n', 'shop'], environment);
}

/** The screen, with all times the same, and the person. */
function screen(lines: string[]): string {
  const text = lines.join('\n').replaceAll(/\b\d:\d\d\b/g, '0:00');
  return `${text.replaceAll(`by ${userInfo().username}`, 'by somebody')}\n`;
}

/** The commands on a screen that begin after a label, as a person copies them. */
function commandAfter(label: string, lines: string[]): string {
  const first = lines.findIndex((line) => line.trim() === label) + 1;
  const last = lines.findIndex((line, index) => index >= first && !line.endsWith('\\'));
  return lines.slice(first, last + 1).join('\n');
}

/** Types until it has been taken: what is typed too soon after a question is not. */
async function typesUntil(terminal: Terminal, keys: string, taken: () => boolean): Promise<void> {
  await until('the keys were taken', () => {
    if (taken()) return true;
    terminal.types(keys);
    return undefined;
  });
}

describe('a deployment that is watched at a terminal', () => {
  it('of 80 columns is a tree with a question below it, and goes on after Ctrl-C', async () => {
    const terminal = watched(80);
    const lines = await terminal.shows('approve production/steps/2? [y/N]');
    expect(screen(lines)).toMatchFileSnapshot('golden/terminal-80.txt');
    terminal.types('\u0003');
    expect(await terminal.exit).toBe(130);
    expect(terminal.lines.slice(-2)).toEqual([
      'You no longer watch the deployment; it goes on.',
      'Watch it again with: sluice deploy watch -n shop',
    ]);
  });

  it('of 60 columns has commands that can be copied', async () => {
    const terminal = watched(60);
    const lines = await terminal.shows('approve production/steps/2? [y/N]');
    expect(screen(lines)).toMatchFileSnapshot('golden/terminal-60.txt');
    const command = commandAfter('To approve:', lines);
    const path = `${bin}:${process.env['PATH'] ?? ''}`;
    const env = { PATH: path, ...NO_TEMPORAL_CONFIG, ...environment };
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { env });
    expect(stdout).toBe('shop: production/steps/2: approved\n');
    await terminal.shows('approve production/steps/4? [y/N]');
    await typesUntil(terminal, '\r', () => !terminal.lines.join().includes('steps/4? [y/N]'));
    expect(await sluice.status('shop')).toMatchObject({ gates: [{ id: 'production/steps/4' }] });
    terminal.types('\u0003');
    expect(await terminal.exit).toBe(130);
  });

  it('of 160 columns takes an approval at the prompt, and ends with the deployment', async () => {
    const terminal = watched(160);
    const lines = await terminal.shows('approve production/steps/4? [y/N]');
    expect(screen(lines)).toMatchFileSnapshot('golden/terminal-160.txt');
    // However often it is typed: each time over what was typed before.
    await typesUntil(
      terminal,
      '\u007Fy',
      () => terminal.lines.at(-1)?.endsWith('[y/N] y') === true,
    );
    terminal.types('\r');
    expect(await terminal.exit).toBe(0);
    const [, production] = (await sluice.status('shop')).targets;
    expect(production?.outcome?.decisions.at(-1)).toMatchObject({
      decision: 'approved',
      gate: 'production/steps/4',
      by: userInfo().username,
    });
    const end = terminal.lines.filter((line) => line !== '').slice(-4);
    expect(screen(end)).toMatchFileSnapshot('golden/terminal-end.txt');
  });
});
