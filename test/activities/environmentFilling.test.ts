import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EnvironmentBases, FunctionAccess } from '../../src/activities/access.js';
import { hashEnvironment } from '../../src/activities/functionState.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { AwsPlace } from '../support/awsPlace.js';
import { ExistingFunction, pin, publish } from '../support/existingFunction.js';
import { MemorySecrets } from '../support/memorySecrets.js';
import { uniqueName } from '../support/names.js';

const VALUE = 'p4ssw0rd-of-the-start';
const ROTATED = 'p4ssw0rd-of-later';
const ENVIRONMENT = { URL: 'postgres://app:{{secrets.db}}@host/{{db}}', LOG: 'info' };

const filledWith = (value: string) => ({ URL: `postgres://app:${value}@host/{{db}}`, LOG: 'info' });

let secrets: MemorySecrets;
let run: Run;
beforeEach(() => {
  secrets = new MemorySecrets({ db: VALUE });
  run = activityBench({ secrets });
});

/** What the workflow says of a function whose environment is filled in. */
function pinned(
  access: FunctionAccess,
  more: EnvironmentBases = {},
): FunctionAccess & { environmentBases: EnvironmentBases } {
  const { LOG } = ENVIRONMENT;
  const wanted = { ...hashEnvironment({ LOG }, access.deploymentId), URL: '(wanted)' };
  const templates = { URL: ENVIRONMENT.URL };
  return {
    ...access,
    secretVersions: { db: '0' },
    environmentBases: { wanted, templates, ...more },
  };
}

async function environmentOf({ place, name }: Pick<ExistingFunction, 'place' | 'name'>) {
  return (await place.holds(name))?.settings['environment'];
}

/** Writes the environment, as the workflow has it written. */
function updated(existing: ExistingFunction, attempt = 1) {
  return run(
    'updateSettings',
    {
      ...pinned(existing.access, { versionBefore: existing.version }),
      revisionId: existing.latest.revisionId,
      settings: { environment: ENVIRONMENT },
    },
    attempt,
  );
}

describe('an environment with secrets', () => {
  it('is written with their values, of which the answer tells nothing', async () => {
    const existing = await ExistingFunction.make();
    const { result, state } = await updated(existing);
    expect(result).toBe('done');
    expect(await environmentOf(existing)).toEqual(filledWith(VALUE));
    const { LOG } = hashEnvironment({ LOG: 'info' }, existing.access.deploymentId);
    expect(state.settings.environmentHashes).toEqual({ URL: '(wanted)', LOG });
  });

  it('is what a function is created with', async () => {
    const place = await AwsPlace.make();
    const name = uniqueName('orders');
    const access = place.access(name);
    await place.put(`${name}.zip`, 'first');
    const plan = place.functionPlan(name, { environment: ENVIRONMENT });
    const input = { ...pinned(access), plan, package: await pin(place, access) };
    const { state } = await run('createFunction', input);
    expect(await environmentOf({ place, name })).toEqual(filledWith(VALUE));
    expect(state.settings.environmentHashes).toMatchObject({ URL: '(wanted)' });
  });

  it('is compared by the values, and none of them is told', async () => {
    const existing = await ExistingFunction.make();
    const inspected = async () => {
      const plan = existing.place.functionPlan(existing.name, { environment: ENVIRONMENT });
      const input = { ...existing.access, plan, package: existing.first };
      return run('inspectFunction', input);
    };
    expect((await inspected()).latest?.settings).toEqual(['environmentHashes']);
    await existing.changedByHand(filledWith('another'));
    const before = await inspected();
    expect(before.latest?.settings).toEqual(['environmentHashes']);
    expect(before.wanted.environmentHashes).toMatchObject({ URL: '(wanted)' });
    expect(before.snapshot.latest?.settings.environmentHashes).toMatchObject({ URL: '(before)' });
    await existing.changedByHand(filledWith(VALUE));
    const after = await inspected();
    expect(after.latest?.settings).toEqual([]);
    expect(after.snapshot.latest?.settings.environmentHashes).toMatchObject({ URL: '(wanted)' });
  });
});

describe('a secret that is replaced during the deployment', () => {
  it('is written as it was when the deployment started, also by a later attempt', async () => {
    const existing = await ExistingFunction.make();
    secrets.put('db', ROTATED);
    await updated(existing);
    expect(await environmentOf(existing)).toEqual(filledWith(VALUE));
    secrets.put('db', 'p4ssw0rd-of-even-later');
    const again = await updated(existing, 2);
    expect(again.result).toBe('done');
    expect(again.state.settings.environmentHashes).toMatchObject({ URL: '(wanted)' });
    const writes = await existing.place.writes();
    expect(writes.filter((one) => one === 'UpdateFunctionConfiguration')).toHaveLength(1);
  });

  it('is told before the first write', async () => {
    const existing = await ExistingFunction.make();
    const plan = existing.place.functionPlan(existing.name, { environment: ENVIRONMENT });
    const input = { ...pinned(existing.access), plan, package: existing.first };
    expect((await run('inspectFunction', input)).replacedSecrets).toBeUndefined();
    secrets.put('db', ROTATED);
    expect((await run('inspectFunction', input)).replacedSecrets).toEqual(['db']);
  });

  it('is of no matter once a version has what was written, nor is whether it can be read', async () => {
    const existing = await ExistingFunction.make();
    const { state } = await updated(existing);
    const { version } = await publish(existing.access, state, 'new');
    secrets.failure = { failure: { code: 'secretNotFound', message: 'Gone.' }, retryable: false };
    const { wanted = {} } = pinned(existing.access).environmentBases;
    const environmentBases = {
      wanted,
      wantedVersion: version.version,
      versionBefore: existing.version,
    };
    const seen = async () => {
      const latest = await run('readLatest', { ...existing.access, environmentBases });
      return latest?.settings.environmentHashes['URL'];
    };
    expect(await seen()).toBe('(wanted)');
    await existing.changedByHand(filledWith(ROTATED));
    expect(await seen()).toBe('(other)');
  });

  it('leaves what has been published as wanted, where no version of it is kept', async () => {
    secrets = new MemorySecrets({ db: VALUE }, false);
    run = activityBench({ secrets });
    const existing = await ExistingFunction.make();
    const access = pinned(existing.access, { versionBefore: existing.version });
    const unversioned = { ...access, secretVersions: {} };
    const { state } = await run('updateSettings', {
      ...unversioned,
      revisionId: existing.latest.revisionId,
      settings: { environment: ENVIRONMENT },
    });
    secrets.put('db', ROTATED);
    const published = await run('publishVersion', {
      ...unversioned,
      revisionId: state.revisionId,
      codeSha256: state.codeSha256,
      description: 'new',
      isWanted: true,
    });
    expect(published.state.settings.environmentHashes).toMatchObject({ URL: '(wanted)' });
  });
});

describe('what cannot be filled in', () => {
  const notWritten = async (
    environment: Record<string, string>,
    { attempt = 1 }: { attempt?: number } = {},
  ): Promise<{ type: string; nonRetryable: boolean; details: unknown[]; text: string }> => {
    const existing = await ExistingFunction.make();
    const settings = { environment };
    const { revisionId } = existing.latest;
    const thrown: unknown = await run(
      'updateSettings',
      { ...existing.access, revisionId, settings },
      attempt,
    ).catch((error: unknown) => error);
    expect(await environmentOf(existing)).toEqual({ SECRET: 'hunter2-before' });
    return Object.assign(thrown as Error & { type: string; nonRetryable: boolean; details: [] }, {
      text: JSON.stringify(thrown) + String(thrown),
    });
  };

  it('is told with the variable and the name of the secret, and nothing was on its way', async () => {
    const { details } = await notWritten({ URL: 'a', KEY: '{{secrets.nobody}}' });
    expect(details).toEqual([
      expect.objectContaining({
        code: 'secretNotFound',
        message: expect.stringMatching(
          /^The variable KEY of orders-\S+ cannot be filled in. There is no secret nobody.$/,
        ),
        target: 'prod',
      }),
      { onlyAttempt: true },
    ]);
  });

  it('is an environment that becomes too large, of which nobody hears how large', async () => {
    secrets.put('db', VALUE.repeat(300));
    const { type, details, text } = await notWritten({ URL: 'a:{{secrets.db}}', LOG: 'info' });
    expect(type).toBe('secretUnusable');
    expect(details[0]).toMatchObject({
      message: expect.stringMatching(
        /^With its secrets filled in \(URL from db\), the environment of orders-\S+ has more than 4096 bytes as JSON, and Lambda takes no more.$/,
      ),
    });
    expect(text).not.toContain(VALUE);
  });

  it('is a value with a character that ends it', async () => {
    secrets.put('db', `${VALUE}\0x`);
    const { type, text } = await notWritten({ URL: '{{secrets.db}}' });
    expect(type).toBe('secretUnusable');
    expect(text).toContain('The variable URL of');
    expect(text).toContain('with db it has a character');
    expect(text).not.toContain(VALUE);
  });

  it('is tried again where the place of the secret does not answer', async () => {
    secrets.failure = {
      failure: { code: 'awsUnavailable', message: 'No answer.' },
      retryable: true,
    };
    expect(await notWritten({ URL: '{{secrets.db}}' })).toMatchObject({
      type: 'awsUnavailable',
      nonRetryable: false,
    });
  });
});

describe('what AWS says of a request with secrets', () => {
  it('is told without them, alone and in what they were filled into', async () => {
    const existing = await ExistingFunction.make();
    // AWS repeats a runtime that it does not know.
    for (const repeated of [VALUE, filledWith(VALUE).URL]) {
      const settings = { runtime: repeated, environment: ENVIRONMENT };
      const { revisionId } = existing.latest;
      const error: unknown = await run('updateSettings', {
        ...pinned(existing.access),
        revisionId,
        settings,
      }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ type: 'settingsRejected' });
      expect((error as Error).message).toContain('***');
      expect(JSON.stringify(error)).not.toContain(VALUE);
    }
  });
});

describe('fixing secrets to what they are', () => {
  it('tells their versions, and of each why it cannot be had', async () => {
    secrets.put('db', ROTATED);
    expect(await run('pinSecrets', { application: 'shop', names: ['nobody', 'db'] })).toEqual([
      { failure: { code: 'secretNotFound', message: 'There is no secret nobody.' } },
      { version: '1' },
    ]);
  });

  it('tells nothing of a secret whose place keeps no versions', async () => {
    run = activityBench({ secrets: new MemorySecrets({ db: VALUE }, false) });
    expect(await run('pinSecrets', { application: 'shop', names: ['db'] })).toEqual([{}]);
  });
});
