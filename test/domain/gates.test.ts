import { describe, expect, it } from '@jest/globals';
import { byUrgency, GATE_KINDS, type OpenGate, waitsForPerson } from '../../src/domain/gates.js';

function gate(id: string, openedAt: string, deadline?: string): OpenGate {
  return { id, kind: 'approval', openedAt, ...(deadline !== undefined && { deadline }) };
}

describe('gates', () => {
  it('are looked at by their deadlines, then by how long they have been open', () => {
    const [early, late] = ['2026-05-04T10:00:00.000Z', '2026-05-04T11:00:00.000Z'];
    const wanted = [
      gate('next', late, early),
      gate('later', early, late),
      gate('odd', early, 'some time'),
      gate('old', early),
      gate('young', late),
    ];
    const all = [wanted[4]!, wanted[3]!, wanted[0]!, wanted[2]!, wanted[1]!];
    expect(all.toSorted(byUrgency)).toEqual(wanted);
  });

  it('wait for a person at approvals and stuck rollbacks alone', () => {
    expect(GATE_KINDS.filter((kind) => waitsForPerson({ kind }))).toEqual([
      'approval',
      'stuckRollback',
    ]);
    expect(waitsForPerson({ kind: 'question' })).toBe(false);
  });
});
