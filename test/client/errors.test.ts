import { expect, it } from '@jest/globals';
import { ConflictError } from '../../src/client.js';

const ESCAPE = '\u001b[31m';
const somebody = { startedBy: `ana${ESCAPE}\nroot`, commit: `1${ESCAPE}` };

it('a conflict names who is in the way, without what a terminal would obey', () => {
  const deployment = {
    schemaVersion: 1 as const,
    application: 'shop',
    workflowId: 'sluice:shop',
    runId: 'run',
  };
  const at = '2026-11-25T14:00:00Z';
  const conflicts: ConstructorParameters<typeof ConflictError>[1][] = [
    { running: { ...deployment, ...somebody, state: 'running', startedAt: at } },
    { waiting: { ...somebody, deploymentId: 'id', queuedAt: at } },
  ];
  for (const conflict of conflicts) {
    const { message } = new ConflictError('shop', conflict);
    expect(message).toMatch(/by ana.*root/);
    // eslint-disable-next-line no-control-regex -- they are what must not be there
    expect(message).not.toMatch(/[\u0000-\u001f]/);
  }
});

it('a command to copy has the name of the application as a shell takes it', () => {
  const application = '$(touch x) `y`';
  const { message } = new ConflictError(application, {
    running: {
      schemaVersion: 1,
      application,
      workflowId: `sluice:${application}`,
      runId: 'run',
      state: 'running',
      startedAt: '2026-11-25T14:00:00Z',
    },
  });
  expect(message).toContain(`sluice deploy status -n '${application}'`);
});
