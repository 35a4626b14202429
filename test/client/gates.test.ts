import { describe, expect, it } from '@jest/globals';
import { openGates } from '../../src/client/gates.js';
import type { OpenGate } from '../../src/domain/gates.js';
import { busy, target } from '../cli/reports.js';

const run = {
  namespace: 'default',
  application: 'shop',
  deploymentId: '6d1f0c1e',
  workflowId: 'sluice:shop',
  runId: 'run-1',
};
const openedAt = '2026-05-04T10:00:00.000Z';
const approval = (id: string): OpenGate => ({ id, kind: 'approval', openedAt });

describe('the gates of a report', () => {
  it('are what the targets say, which know sooner than the deployment', () => {
    const targets = [busy('prod', { gates: [approval('prod/steps/2')] })];
    const gates = openGates(targets, [approval('prod/before/1')], run);
    expect(gates.map(({ id }) => id)).toEqual(['prod/steps/2']);
  });

  it('are what the deployment has heard where a target does not answer', () => {
    const targets = [target('a', { phase: 'running' }), target('b', { phase: 'running' })];
    const gates = openGates(targets, [approval('b/before/1'), approval('a/steps/1')], run);
    expect(gates).toMatchObject([
      { id: 'a/steps/1', target: 'a' },
      { id: 'b/before/1', target: 'b' },
    ]);
  });

  it('have commands for this run of the deployment, with the gate', () => {
    const [gate] = openGates([busy('prod', { gates: [approval('prod/steps/2')] })], [], run);
    expect(gate?.answers[1]).toEqual({
      signal: 'reject',
      command:
        "temporal workflow signal --namespace 'default' --workflow-id 'sluice:shop' --run-id run-1 --name reject " +
        `--input '{"gate":"prod/steps/2"}'`,
      sluice: 'sluice deploy reject -n shop -i 6d1f0c1e --gate prod/steps/2',
    });
  });

  it("have Sluice's own command only where the deployment can be named", () => {
    const { deploymentId: _, ...unnamed } = run;
    const [gate] = openGates([busy('prod', { gates: [approval('prod/steps/2')] })], [], unnamed);
    expect(gate?.answers.map(({ sluice }) => sluice)).toEqual([undefined, undefined]);
  });

  it("have Sluice's command as a shell takes it, whatever the names are", () => {
    const odd = { ...run, application: "it's $(a) shop" };
    const gates = [{ ...approval('prod eu/steps/2'), roles: ['site reliability'] }];
    const [gate] = openGates([busy('prod eu', { gates })], [], odd);
    expect(gate?.answers[0]?.sluice).toBe(
      "sluice deploy approve -n 'it'\\''s $(a) shop' -i 6d1f0c1e --gate 'prod eu/steps/2' " +
        "--role 'site reliability'",
    );
  });

  it('that wait for a callback can be answered either way, in both tools', () => {
    const asks: OpenGate = { id: 'prod/before/2', kind: 'callback', openedAt };
    const [gate] = openGates([busy('prod', { gates: [asks] })], [], run);
    expect(gate?.answers).toMatchObject(
      [true, false].map((success) => ({
        signal: 'webhookCallback',
        success,
        command: expect.stringContaining(`'{"gate":"prod/before/2","success":${success}}'`),
        sluice: `sluice deploy answer -n shop -i 6d1f0c1e --gate prod/before/2 --${success ? 'success' : 'failure'}`,
      })),
    );
  });

  it('of a kind that a newer worker knows can be shown, though not answered', () => {
    const odd = { ...approval('prod/steps/2'), kind: 'question' as OpenGate['kind'] };
    expect(openGates([busy('prod', { gates: [odd] })], [], run)).toMatchObject([{ answers: [] }]);
  });
});
