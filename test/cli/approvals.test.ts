import { beforeEach, describe, expect, it } from '@jest/globals';
import type { GateReport } from '../../src/client.js';
import { Approvals } from '../../src/cli/prompt/approvals.js';
import type { Keyboard } from '../../src/cli/prompt/keyboard.js';
import { held, waitingReport } from './reports.js';

/** A person at the terminal, and what they see. */
class Person implements Keyboard {
  shown: string | undefined;
  listening: ((text: string) => void) | undefined;
  time = 0;
  approved: string[] = [];
  refusal: Error | undefined;
  readonly approvals = new Approvals({
    keyboard: this,
    show: (text) => (this.shown = text),
    now: () => new Date(this.time),
    approve: ({ id }: GateReport, runId) => {
      if (this.refusal) return Promise.reject(this.refusal);
      this.approved.push(`${id} of ${runId}`);
      return Promise.resolve(`${id}: approved`);
    },
  });

  listen(typed: (text: string) => void): void {
    this.listening = typed;
  }
  rest(): void {
    this.listening = undefined;
  }

  sees(...targets: Parameters<typeof waitingReport>): void {
    this.approvals.update(waitingReport(...targets));
    this.time += 1000;
  }

  /** Types, and what comes of it happens. */
  async types(keys: string): Promise<void> {
    for (const key of keys) this.listening?.(key);
    await Promise.resolve();
    await Promise.resolve();
  }
}

let person: Person;
beforeEach(() => {
  person = new Person();
});

describe('who sits at the terminal', () => {
  it('is asked about an approval, and approves that gate of that run', async () => {
    person.sees(held('prod'));
    expect(person.shown).toBe('approve prod/steps/2? [y/N] ');
    await person.types('y');
    expect([person.shown, person.approved]).toEqual(['approve prod/steps/2? [y/N] y', []]);
    await person.types('\r');
    expect(person.approved).toEqual(['prod/steps/2 of run-1']);
    expect([person.shown, person.listening]).toEqual(['prod/steps/2: approved', undefined]);
  });

  it.each(['\r', 'n\r', 'No\r', '\n'])('says no with %j, and is not asked again', async (keys) => {
    person.sees(held('prod'));
    await person.types(keys);
    expect([person.shown, person.approved]).toEqual([undefined, []]);
    person.sees(held('prod'));
    expect([person.shown, person.listening]).toEqual([undefined, undefined]);
  });

  it('is asked again after an answer that is none, and can take back what they typed', async () => {
    person.sees(held('prod'));
    await person.types('yup\r');
    expect([person.shown, person.approved]).toEqual(['approve prod/steps/2? [y/N] ', []]);
    await person.types('yx\u007F\r');
    expect(person.approved).toHaveLength(1);
  });

  it('is asked about one gate after the other, each with an answer of its own', async () => {
    person.sees(held('eu'), held('us'));
    await person.types('y');
    person.sees(held('us'));
    expect(person.shown).toBe('approve us/steps/2? [y/N] ');
    await person.types('\r');
    expect(person.approved).toEqual([]);
  });

  it('does not answer with what they typed before the question', async () => {
    person.approvals.update(waitingReport(held('prod')));
    await person.types('y\r');
    expect([person.shown, person.approved]).toEqual(['approve prod/steps/2? [y/N] ', []]);
  });

  it('is asked in the role that may approve, and not about pauses', () => {
    person.sees(held('eu', { kind: 'pause' }));
    expect([person.shown, person.listening]).toEqual([undefined, undefined]);
    person.sees(held('prod', { roles: ['sre', 'lead'] }));
    expect(person.shown).toBe('approve prod/steps/2 as sre? [y/N] ');
  });

  it('is told why an approval was refused', async () => {
    person.refusal = new Error('prod has ended.');
    person.sees(held('prod'));
    await person.types('y\r');
    expect(person.shown).toBe('prod/steps/2 was not approved: prod has ended.');
  });

  it('gets the terminal back when the watch ends', () => {
    person.sees(held('prod'));
    person.approvals.close();
    expect([person.shown, person.listening]).toEqual([undefined, undefined]);
  });
});
