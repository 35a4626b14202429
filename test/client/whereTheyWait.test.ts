import { describe, expect, it } from '@jest/globals';
import type { Link } from '../../src/client/link.js';
import { askWhereTheyWait } from '../../src/client/whereTheyWait.js';
import type { OpenGate } from '../../src/domain/gates.js';
import type { DeploymentProgress } from '../../src/domain/status.js';
import { START } from '../cli/reports.js';
import { runningRecord } from '../cli/waitingGates.js';

const APPROVAL: OpenGate = {
  id: 'prod/steps/2',
  kind: 'approval',
  openedAt: START,
  roles: ['sre'],
};

type Progress = Partial<DeploymentProgress>;

/** What deployments answer, by application; others are silent. */
async function ask(
  applications: string[],
  answers: Record<string, Progress>,
  { workers = true } = {},
) {
  const asked: string[] = [];
  const seconds = Math.floor(Date.now() / 1000);
  const client = {
    options: { namespace: 'team' },
    withDeadline: (_: number, question: () => Promise<unknown>) => question(),
    workflowService: {
      listWorkers: () => Promise.resolve({}),
      describeTaskQueue: () =>
        Promise.resolve({ pollers: workers ? [{ lastAccessTime: { seconds } }] : [] }),
    },
    workflow: {
      getHandle: (workflowId: string) => ({
        query: (_: string, page: { offset: number }) => {
          const application = workflowId.replace('sluice:', '');
          asked.push(application);
          // Which targets there are does not matter here, and may be long.
          expect(page.offset).toBeGreaterThan(2000);
          const progress = answers[application];
          return progress === undefined
            ? Promise.reject(new Error('deadline exceeded'))
            : Promise.resolve({ phase: 'deploying', total: 1, gates: [], ...progress });
        },
      }),
    },
  };
  const link = { client, settings: { namespace: 'team' } } as unknown as Link;
  const records = await askWhereTheyWait(link, applications.map(runningRecord));
  return { asked, records };
}

describe('deployments that run', () => {
  it('say where they wait, with the commands that answer, in the order in which they were', async () => {
    const { records } = await ask(['shop', 'payments'], {
      shop: { gates: [APPROVAL] },
      payments: {},
    });
    expect(records).toMatchObject([
      {
        application: 'shop',
        phase: 'deploying',
        gates: [
          {
            ...APPROVAL,
            target: 'prod',
            answers: [
              {
                signal: 'approve',
                sluice: 'sluice deploy approve -n shop -i shop-1 --gate prod/steps/2 --role sre',
              },
              { signal: 'reject' },
            ],
          },
        ],
      },
      { application: 'payments', gates: [] },
    ]);
  });

  it('that do not answer have no gates and say why, and the others are known all the same', async () => {
    const { records } = await ask(['silent', 'shop', 'large'], {
      shop: { gates: [APPROVAL] },
      large: { total: 101, phase: 'rollingBack' },
    });
    expect(records).toMatchObject([
      { application: 'silent', gatesUnknown: 'noAnswer' },
      { application: 'shop', gates: [{}] },
      { application: 'large', gatesUnknown: 'manyTargets', phase: 'rollingBack' },
    ]);
    expect([records[0], records[2]]).not.toContainEqual(
      expect.objectContaining({ gates: expect.anything() }),
    );
  });

  it('are not asked where no worker runs', async () => {
    const { asked, records } = await ask(['shop'], {}, { workers: false });
    expect(asked).toEqual([]);
    expect(records).toMatchObject([{ application: 'shop', gatesUnknown: 'noWorker' }]);
  });

  it('are all asked, however many there are', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `shop-${index}`);
    const answers = Object.fromEntries(names.map((name) => [name, {}]));
    const { records } = await ask(names, answers);
    expect(records.map(({ application, gates }) => [application, gates])).toEqual(
      names.map((name) => [name, []]),
    );
  });
});

it('nobody is asked anything where nothing runs', async () => {
  const link = {} as Link;
  expect(await askWhereTheyWait(link, [])).toEqual([]);
});
