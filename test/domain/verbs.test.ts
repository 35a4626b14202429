import { describe, expect, it } from '@jest/globals';
import { GATE_KINDS } from '../../src/domain/gates.js';
import {
  decisionOf,
  gatesMeant,
  severalOpen,
  VERB_RECORDS,
  VERBS,
  verbOf,
  verbsFor,
} from '../../src/domain/verbs.js';

const approval = { id: 'prod/steps/1', kind: 'approval' };
const other = { id: 'eu/before/1', kind: 'approval' };
const pause = { id: 'prod/steps/2', kind: 'pause' };

describe('the gates that a message means which names none', () => {
  it('are the only one that the verb can answer, whatever else is open', () => {
    expect(gatesMeant('approve', [pause, approval])).toEqual({ meant: [approval] });
    expect(gatesMeant('skipPause', [pause, approval])).toEqual({ meant: [pause] });
  });

  it('are none when there are several, so that nothing is approved by mistake', () => {
    expect(gatesMeant('approve', [approval, pause, other])).toEqual({ several: [approval, other] });
  });

  it('are all of them for a rejection', () => {
    expect(gatesMeant('reject', [approval, pause, other])).toEqual({ meant: [approval, other] });
  });

  it('are missing, in words that begin a sentence', () => {
    expect(gatesMeant('retry', [approval, pause])).toEqual({ none: 'No rollback is stuck' });
  });

  it('are named in part when there are very many', () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ id: `prod/steps/${index + 1}` }));
    expect(severalOpen(many)).toBe(
      'Several gates are open: name one of prod/steps/1, prod/steps/2, prod/steps/3, prod/steps/4, prod/steps/5 and 2 more.',
    );
  });
});

describe('the verbs', () => {
  it.each(GATE_KINDS)('can answer a gate of every kind: %s', (kind) => {
    expect(verbsFor(kind).length).toBeGreaterThan(0);
  });

  it('answer no gate of a kind that only a newer worker knows', () => {
    expect(verbsFor('constructor')).toEqual([]);
  });

  it('are found by the commands of the command line', () => {
    expect(verbOf('skip')).toBe('skipPause');
    const commands = VERBS.flatMap((verb) => VERB_RECORDS[verb].command ?? []);
    expect(new Set(commands).size).toBe(commands.length);
  });

  it.each([
    [true, 'succeeded'],
    [false, 'failed'],
    [undefined, 'failed'],
  ])('record what a callback says: success %s as %s', (success, decision) => {
    expect(decisionOf('webhookCallback', success)).toBe(decision);
    expect(decisionOf('approve', success)).toBe('approved');
  });
});
