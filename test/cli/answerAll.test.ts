import { describe, expect, it } from '@jest/globals';
import type { GateOptions, WaitingGate, WaitingGates } from '../../src/client.js';
import { answerAll, somebodyToAsk } from '../../src/cli/answering/answerAll.js';
import type { Answering } from '../../src/cli/answering/choices.js';
import type { Connected } from '../../src/cli/commands/connected.js';
import { LineLog } from '../../src/cli/presenter/lineLog.js';
import { TextPresenter } from '../../src/cli/presenter/textPresenter.js';
import type { Keyboard } from '../../src/cli/prompt/keyboard.js';
import { SluiceError } from '../../src/errors.js';
import { KeptConsole } from './keptConsole.js';
import { missing } from './renderedTree.js';
import { runningRecord, waitingGate } from './waitingGates.js';

const shop = waitingGate('shop', 'prod/steps/2');
const beside = waitingGate('shop', 'prod/steps/3');
const payments = waitingGate('payments', 'eu/before/1');
const unknown = [{ ...runningRecord('late'), gatesUnknown: 'noAnswer' } as const];

interface Scene {
  open?: WaitingGate[];
  unknown?: WaitingGates['unknown'];
  answering?: Answering;
  /** What a person types at the question; without it nobody is asked. */
  typed?: string;
  /** Why gates are not answered, by id. */
  refusals?: Record<string, SluiceError>;
}

async function answered({
  open = [shop, payments],
  unknown = [],
  answering = { command: 'approve' },
  typed,
  refusals = {},
}: Scene) {
  const sent: string[] = [];
  const answer = (application: string, { gate = '', runId, by }: GateOptions) => {
    sent.push(`${application} ${runId} ${gate} by ${by}`);
    const refusal = refusals[gate];
    if (refusal !== undefined) return Promise.reject(refusal);
    return Promise.resolve({ verb: 'approve', application, done: `${gate}: approved` });
  };
  const keyboard: Keyboard = {
    listen: (take) => setImmediate(() => [...(typed ?? '')].forEach(take)),
    rest: () => undefined,
  };
  const kept = new KeptConsole();
  const sluice = {
    gates: () => Promise.resolve({ gates: open, unknown }),
    approve: answer,
    reject: answer,
  };
  const presenter = new TextPresenter(kept, new LineLog(kept), missing);
  const reason = await answerAll(
    { sluice, presenter } as unknown as Connected,
    {
      ...answering,
      which: {},
      said: { by: 'ana' },
      keyboard: typed === undefined ? undefined : keyboard,
    },
    kept,
  );
  return { reason, sent, written: kept.written, errors: kept.errors };
}

const refused = new SluiceError('notAccepted', 'No gate is open. It was approved by bob.');
const unheard = new SluiceError('unanswered', 'No worker has answered.');

describe('an answer to all', () => {
  it('shows what it is for and asks, and answers each gate of each run by itself', async () => {
    const { reason, sent, written, errors } = await answered({ typed: 'y\r' });
    expect(written).toContain('sluice deploy approve -n payments -i payments-1 --gate eu/before/1');
    expect(errors).toContain('approve these 2? [y/N] ');
    expect(sent).toEqual([
      'shop shop-run prod/steps/2 by ana',
      'payments payments-run eu/before/1 by ana',
    ]);
    expect(written).toMatch(/shop: prod\/steps\/2: approved\npayments: eu\/before\/1: approved\n$/);
    expect(reason).toBe('succeeded');
  });

  it.each(['\r', 'n\r', 'later\r'])('answers nothing after %j', async (typed) => {
    const { reason, sent, errors } = await answered({ typed });
    expect([reason, sent]).toEqual(['cancelled', []]);
    expect(errors).toMatch(/Nothing was answered\.\n$/);
  });

  it('says of each what came of it, and tells scripts that one was not answered', async () => {
    const refusals = { 'prod/steps/2': refused };
    const { reason, written, errors } = await answered({ refusals });
    expect(written).toBe('payments: eu/before/1: approved\n');
    expect(errors).toBe(
      'shop: prod/steps/2 was not answered: No gate is open. It was approved by bob.\n',
    );
    expect(reason).toBe('usage');
  });

  it('says that something may still wait where a worker did not answer', async () => {
    const refusals = { 'prod/steps/2': refused, 'eu/before/1': unheard };
    expect((await answered({ refusals })).reason).toBe('unreachable');
    const { reason, sent, errors } = await answered({ unknown });
    expect([reason, sent.length]).toEqual(['unreachable', 2]);
    expect(errors).toBe('It is not known where late waits: no worker answers.\n');
  });

  it('names what is left to another role, and refuses where nothing else waits', async () => {
    const sre = waitingGate('images', 'prod/steps/1', { roles: ['sre'] });
    const { reason, errors } = await answered({ open: [shop, sre] });
    expect(reason).toBe('succeeded');
    expect(errors).toContain('images: prod/steps/1 is left. It has to be approved by the role sre');
    await expect(answered({ open: [sre] })).rejects.toThrow(
      'Nothing waits for an approval that needs no role.',
    );
  });

  it('that rejects takes no offence at what closes with a target that goes back', async () => {
    const scene = { open: [shop, beside], refusals: { 'prod/steps/3': refused } };
    expect((await answered({ ...scene, answering: { command: 'reject' } })).reason).toBe(
      'succeeded',
    );
    expect((await answered(scene)).reason).toBe('usage');
  });
});

describe('whom an answer to all asks', () => {
  it('is the person at the terminal, and it is refused where there is none', () => {
    const keyboard: Keyboard = { listen: () => undefined, rest: () => undefined };
    const terminal = Object.assign(new KeptConsole(), { keyboard });
    expect(somebodyToAsk(terminal, 'text')).toBe(keyboard);
    for (const [console, output] of [
      [new KeptConsole(), 'text'],
      [terminal, 'json'],
    ] as const)
      expect(() => somebodyToAsk(console, output)).toThrow(/here is none to ask.*add --yes/s);
  });
});
