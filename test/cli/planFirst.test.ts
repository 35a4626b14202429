import { describe, expect, it } from '@jest/globals';
import type { Preflight } from '../../src/client.js';
import type { Connected } from '../../src/cli/commands/connected.js';
import { planFirst, somebodyToAsk } from '../../src/cli/commands/planFirst.js';
import type { Console } from '../../src/cli/console.js';
import type { TerminalText } from '../../src/domain/terminalText.js';
import type { Plan } from '../../src/domain/plan.js';
import type { Keyboard } from '../../src/cli/prompt/keyboard.js';
import { plan, targetPlan } from '../support/plans.js';
import { preflight, staging } from './preflights.js';

/** What happens when a person types this at the question. */
async function answering(typed: string, found: Preflight, supersede = false) {
  let said = '';
  let rested = false;
  const shown: Preflight[] = [];
  const looked: Plan[] = [];
  const keyboard: Keyboard = {
    listen: (take) => setImmediate(() => [...typed].forEach(take)),
    rest: () => (rested = true),
  };
  const connected = {
    sluice: {
      plan: (asked: { plan: Plan }) => {
        looked.push(asked.plan);
        return Promise.resolve(found);
      },
    },
    presenter: { preflight: (one: Preflight) => shown.push(one) },
  } as unknown as Connected;
  const console = { err: ({ text }: TerminalText) => (said += text) } as unknown as Console;
  const wanted = plan([targetPlan('staging')]);
  const decided = await planFirst(connected, { plan: wanted, supersede }, keyboard, console);
  expect(shown).toEqual([found]);
  const reason = 'stop' in decided ? decided.stop : undefined;
  return { reason, said, rested, decided, looked: looked[0] };
}

const fine = preflight({ targets: [staging] });

describe('deploy start --plan-first', () => {
  it.each(['y\r', 'yes\n', 'YES\r', 'nx\u007F\u007Fy\r'])('goes on after %j', async (typed) => {
    const { reason, said, rested } = await answering(typed, fine);
    expect([reason, rested]).toEqual([undefined, true]);
    expect(said).toContain('go on? [y/N] ');
  });

  it.each(['\r', 'n\r', 'no\r', 'maybe\r', 'yess\r'])('does not after %j', async (typed) => {
    const { reason, said } = await answering(typed, fine);
    expect(reason).toBe('cancelled');
    expect(said).toContain('The deployment was not started.\n');
  });

  it('does not ask where it would fail', async () => {
    const { reason, said } = await answering('y\r', preflight());
    expect(reason).toBe('failed');
    expect(said).toBe('The deployment was not started, because it would fail.\n');
  });

  it('looks as one that waits for its turn does, where what runs would be rolled back first', async () => {
    expect((await answering('y\r', fine)).looked).toMatchObject({
      ifDeploymentInProgress: 'reject',
    });
    const { looked, decided } = await answering('y\r', fine, true);
    expect(looked).toMatchObject({ ifDeploymentInProgress: 'enqueueOne' });
    expect(decided).toMatchObject({ plan: { ifDeploymentInProgress: 'reject' } });
  });

  it('starts the bytes that it showed, whatever lies in their places after the answer', async () => {
    const codeSha256 = '6UJzQYSUox52ZP/zmpn7Bfi1F2nF91HVEPa+Dc9zTxs=';
    const uri = 's3://packages/orders.zip?versionId=3';
    const [cart, orders] = staging.functions;
    const functions = [cart!, { ...orders!, package: { uri, codeSha256 } }];
    const found = preflight({ targets: [{ ...staging, functions }] });
    const location = { bucket: 'packages', key: 'orders.zip' };
    expect((await answering('y\r', found)).decided).toMatchObject({
      plan: {
        targets: [{ functions: [{ package: { ...location, codeSha256, versionId: '3' } }] }],
      },
    });
  });

  it('needs somebody at a terminal, who does not type the file as well', () => {
    const keyboard: Keyboard = { listen: () => undefined, rest: () => undefined };
    const console = { keyboard } as unknown as Console;
    expect(somebodyToAsk(console, 'deploy.yaml', 'text')).toBe(keyboard);
    for (const [given, file, output] of [
      [{} as Console, 'deploy.yaml', 'text'],
      [console, '-', 'text'],
      [console, 'deploy.yaml', 'json'],
    ] as const) {
      expect(() => somebodyToAsk(given, file, output)).toThrow('asks a person at a terminal');
    }
  });
});
