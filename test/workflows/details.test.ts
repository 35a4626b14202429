import { expect, it } from '@jest/globals';
import { gateText } from '../../src/workflows/state/details.js';

const addressee = { namespace: 'default', workflowId: 'sluice:shop:prod', runId: 'r1' };

it('a gate is a sentence, what is to be decided about, and the commands that answer', () => {
  const gate = {
    id: 'prod/steps/2',
    kind: 'approval' as const,
    openedAt: '2026-11-25T12:00:00.000Z',
    roles: ['sre', 'a *lead*'],
    about: 'the analysis failed after 3 of 3 runs\nerrors: [3] on average',
  };
  const lines = gateText(gate, addressee).text.split('\n');
  expect(lines.slice(0, 7)).toEqual([
    '**prod/steps/2** waits for an approval by sre or a \\*lead\\*.',
    '',
    'the analysis failed after 3 of 3 runs',
    '- errors: \\[3\\] on average',
    '',
    'To answer:',
    '```',
  ]);
  expect(lines[7]).toMatch(
    /^temporal workflow signal .* --name approve --input '.*"role":"sre"\}'$/,
  );
  expect(lines.at(-1)).toBe('```');
});
