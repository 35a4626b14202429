import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { connect } from '../../src/client.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { Step } from '../../src/domain/plan.js';
import { uniqueName } from '../support/names.js';
import { untilOpen, untilProgress } from '../support/operator.js';
import { shared } from '../support/shared.js';
import { SlowLink } from '../support/slowLink.js';
import { expectInvariants } from './invariants.js';
import { Scene, type State } from './scene.js';
import type { ShapeName } from './shapes.js';
import { Stage } from './stage.js';
import { row } from './table.js';

const KB = 1024;
const MB = 1024 * KB;
const STEPS: Step[] = [{ type: 'setWeight', weight: 50 }, { type: 'approval' }];

interface SlowRollback {
  shape: ShapeName;
  oldBytes: number;
  bytesPerSecond: number;
}

/** Code that was not deployed from S3, so that it has to go through the worker again. */
const ARRIVES: readonly SlowRollback[] = [
  { shape: 'without an alias', oldBytes: 12 * MB, bytesPerSecond: MB },
  { shape: 'with an alias', oldBytes: 12 * MB, bytesPerSecond: MB },
  { shape: 'without an alias', oldBytes: 2 * MB, bytesPerSecond: 100 * KB },
];

/** More than the system's buffers hold, so that what does not get through is seen. */
const TOO_SLOW = { oldBytes: 4 * MB, bytesPerSecond: 8 * KB };

type Copy = 'none' | 'kept' | 'not possible' | 'too slow';

function told(
  { shape, oldBytes, bytesPerSecond }: SlowRollback,
  end: string,
  copy: Copy = 'none',
): void {
  row({
    Functions: shape,
    'Old code': `${oldBytes / MB} MB`,
    'A copy': copy,
    'The link takes': `${bytesPerSecond / KB} KB a second`,
    'Final state': end,
  });
}

/** A deployment that waits at its gate, with a worker of its own, whose link becomes slow there. */
async function waiting(given: SlowRollback, prepare: (scene: Scene) => void = () => undefined) {
  const parts = await prepared(given, prepare);
  const { stage, plan, link } = parts;
  await stage.start(plan);
  await untilOpen(stage.target(plan), 'prod/steps/2');
  link.bytesPerSecond = given.bytesPerSecond;
  return parts;
}

async function prepared({ shape, oldBytes }: SlowRollback, prepare: (scene: Scene) => void) {
  const link = await SlowLink.start(shared.awsEndpoint);
  const stage = await Stage.withWorker({ awsEndpoint: link.endpoint });
  const scene = await Scene.make(shape, uniqueName('upload'), oldBytes);
  prepare(scene);
  const plan = scene.plan({}, STEPS, { timeoutMs: 10 * 60_000 });
  const end = async () => {
    await stage.strike();
    await link.stop();
  };
  return { stage, scene, plan, link, [Symbol.asyncDispose]: end };
}

// They take longest, so they begin first.
describe('The link is too slow for old code', () => {
  it.concurrent(
    'too slow, with an alias: the traffic is back, and the next deployment may start',
    async () => {
      const given = { ...TOO_SLOW, shape: 'with an alias' } as const;
      told(given, 'the alias exactly as before, the rest with a warning');
      await using parts = await waiting(given);
      const { stage, scene, plan, link } = parts;
      await stage.target(plan).signal('reject');
      const outcome: TargetOutcome = await stage.ended(plan);
      expect(outcome).toMatchObject({
        status: 'rolledBack',
        warnings: [
          {
            code: 'notRestored',
            message: expect.stringMatching(
              /the worker has handed over \d+\.\d .?B of 5\.\d MB in \d+ seconds \(\d+\.\d KB a second\), and .+ s is the limit for that size\.$/,
            ),
          },
        ],
      });
      const [[before], [after]] = [scene.before, await scene.states()];
      expect(after?.alias).toEqual(before?.alias);
      // The key of the code is sent with the code, and so is what the warning is about.
      expect(without('SourceKMSKeyArn', after)).toEqual({
        ...without('SourceKMSKeyArn', before),
        codeSha256: after?.codeSha256,
      });
      link.bytesPerSecond = Infinity;
      await stage.start({ ...plan, deploymentId: randomUUID() });
      await untilOpen(stage.target(plan), 'prod/steps/2');
      await stage.target(plan).signal('approve');
      expect(await stage.ended(plan)).toMatchObject({ status: 'deployed' });
    },
  );

  it.concurrent('too slow, without an alias: it waits for a faster one, and says why', async () => {
    const given = { ...TOO_SLOW, shape: 'without an alias' } as const;
    told(given, 'stuck until the link is faster, then exactly the one before');
    await using parts = await waiting(given);
    const { stage, scene, plan, link } = parts;
    const target = stage.target(plan);
    await target.signal('reject');
    const { problems } = await untilProgress(target, ({ phase }) => phase === 'rollbackStuck');
    expect(problems).toMatchObject([
      {
        code: 'awsUnavailable',
        message: expect.stringContaining('is the limit for that size'),
        remedy: expect.stringContaining('Run a worker with a faster way to AWS'),
      },
    ]);
    link.bytesPerSecond = Infinity;
    await target.signal('retry');
    expect(await stage.ended(plan)).toMatchObject({ status: 'rolledBack', warnings: [] });
    expect(await scene.states()).toEqual(scene.before);
  });

  it.concurrent('the copy is too slow, without an alias: nothing is written', async () => {
    const given = { ...TOO_SLOW, shape: 'without an alias' } as const;
    told(given, 'exactly the one before: `blocked`', 'too slow');
    await using parts = await prepared(given, (scene) => scene.keepReplaced());
    const { stage, scene, plan, link } = parts;
    link.bytesPerSecond = given.bytesPerSecond;
    await stage.start(plan);
    expect(await stage.ended(plan)).toMatchObject({
      status: 'blocked',
      failure: {
        code: 'codeNotKept',
        message: expect.stringContaining('is the limit for that size'),
        remedy: expect.stringContaining('Run a worker with a faster way to AWS'),
      },
    });
    expect(await scene.states()).toEqual(scene.before);
    expect(await scene.place.writes()).toEqual(['CreateFunction', 'PublishVersion']);
  });
});

describe('Old code has to be sent over a slow link', () => {
  it.concurrent.each(ARRIVES)(
    '$oldBytes bytes, $bytesPerSecond a second, $shape',
    async (given) => {
      told(given, 'exactly the one before');
      await using parts = await waiting(given);
      const { stage, scene, plan } = parts;
      await stage.target(plan).signal('reject');
      const outcome = await stage.ended(plan);
      expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
      expect(await scene.states()).toEqual(scene.before);
      await expectInvariants(scene, { arriveLate: false });
    },
  );
});

/** How large the code was that requests which changed a function have carried, of each that did. */
async function sent({ place }: Scene): Promise<unknown[]> {
  const requests = await place.requests();
  // The preparation has made the function with code in its request.
  return requests
    .filter(({ operation, mutation }) => operation === 'UpdateFunctionCode' && mutation)
    .flatMap(({ parameters: { ZipFile } }) => ZipFile ?? []);
}

const copies = async ({ place }: Scene) =>
  (await place.requests('s3')).filter(
    ({ operation, parameters, error }) =>
      operation === 'PutObject' &&
      String(parameters['Key']).startsWith('replaced/') &&
      error === null,
  );

describe('Old code is kept before it is replaced', () => {
  it.concurrent.each(['without an alias', 'with an alias'] as const)(
    'it goes back over a link that could not send it, %s',
    async (shape) => {
      const given = { ...TOO_SLOW, shape };
      told(given, 'exactly the one before, and nothing sent', 'kept');
      await using parts = await waiting(given, (scene) => scene.keepReplaced());
      const { stage, scene, plan } = parts;
      await stage.target(plan).signal('reject');
      expect(await stage.ended(plan)).toMatchObject({ status: 'rolledBack', warnings: [] });
      expect(await scene.states()).toEqual(scene.before);
      expect(await sent(scene)).toEqual([]);
      expect(await copies(scene)).toHaveLength(1);
      await expectInvariants(scene, { arriveLate: false });
    },
  );

  it.concurrent('it goes back without being sent once the deployment has ended, too', async () => {
    const given = { ...TOO_SLOW, shape: 'without an alias' } as const;
    told(given, 'exactly the one before, by `deploy rollback`, and nothing sent', 'kept');
    await using parts = await waiting(given, (scene) => scene.keepReplaced());
    const { stage, scene, plan } = parts;
    await stage.target(plan).signal('approve');
    expect(await stage.ended(plan)).toMatchObject({ status: 'deployed', warnings: [] });
    const sluice = await connect(stage.system.temporal);
    await sluice.restore(plan.application);
    await sluice.close();
    expect(await stage.ended(plan)).toMatchObject({ status: 'deployed', warnings: [] });
    // Versions do not keep the description of their function.
    const asBefore = scene.before.map((one) => without('Description', one));
    const now = (await scene.states()).map((one) => without('Description', one));
    expect(now).toEqual(asBefore);
    expect(await sent(scene)).toEqual([]);
    expect(await copies(scene)).toHaveLength(1);
  });

  it.concurrent('the copy is not possible: it is told, and the code is sent', async () => {
    const given = { shape: 'without an alias', oldBytes: 2 * MB, bytesPerSecond: MB } as const;
    told(given, 'exactly the one before, with a warning', 'not possible');
    await using parts = await waiting(given, (scene) => scene.keepReplaced(uniqueName('none')));
    const { stage, scene, plan } = parts;
    await stage.target(plan).signal('reject');
    expect(await stage.ended(plan)).toMatchObject({
      status: 'rolledBack',
      warnings: [{ code: 'codeNotKept', message: expect.stringContaining('NoSuchBucket') }],
    });
    expect(await scene.states()).toEqual(scene.before);
    expect(await sent(scene)).toHaveLength(1);
  });
});

function without(setting: string, state: State | undefined): State | undefined {
  if (state === undefined) return undefined;
  const { [setting]: _, ...settings } = state.settings;
  return { ...state, settings };
}
