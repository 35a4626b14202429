import { beforeAll, describe, expect, it } from '@jest/globals';
import { zipOf } from '../../dev/stack/packages.js';
import { markText } from '../../src/domain/marks.js';
import type { FunctionAccess } from '../../src/activities/access.js';
import type { PinnedPackage } from '../../src/domain/packages.js';
import type { FunctionPlan, FunctionSettings } from '../../src/domain/plan.js';
import { deployRoleCommands } from '../domain/deployRoleCalls.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { AwsPlace } from '../support/awsPlace.js';
import { everySetting } from '../support/everySetting.js';
import { pin } from '../support/existingFunction.js';
import { imagePlan, ImageRepository } from '../support/imageRepository.js';
import { uniqueName } from '../support/names.js';
import { sentMembers } from '../support/sentMembers.js';
import { StoredCode } from '../support/storedCode.js';
import { REQUESTS } from './requestMembers.js';

/** Asks for numbers and changes nothing; its own tests look at what it asks. */
const ONLY_ASKS = 'GetMetricDataCommand';

const ROLE = 'arn:aws:iam::111111111111:role/Execution';

/** A value of every setting, but for those that the plans of a place have. */
function settingsOf(account: string, name: string): Partial<FunctionSettings> {
  const samples = everySetting({ account, name, roles: [ROLE, ROLE], layers: ['', ''] });
  const values = Object.entries(samples).map(([setting, { second }]) => [setting, second.value]);
  const {
    role: _,
    handler: __,
    runtime: ___,
    ...settings
  } = Object.fromEntries(values) as FunctionSettings;
  return { ...settings, layers: [] };
}

/** Creates, looks, changes and takes back, in every way in which activities do. */
async function everything(run: Run): Promise<void> {
  const place = await AwsPlace.make({ versioned: true });
  const access = place.access(uniqueName('orders'));
  const settings = settingsOf(place.account, access.function);
  const plan = place.functionPlan(access.function, settings, 'live');
  await place.put(`${access.function}.zip`, 'first');
  const pinned = await pin(place, access);
  await run('inspectPlace', access);
  const { state } = await run('createFunction', { ...access, plan, package: pinned });
  const version = await published(run, { ...access, ...state });
  await run('provision', { ...access, version, wanted: 1, known: [0] });
  await run('createAlias', { ...access, alias: 'live', version });
  await run('provision', { ...access, version, wanted: 0, known: [1], mayServe: 'live' });
  const { snapshot } = await run('inspectFunction', { ...access, plan, package: pinned });
  await run('updateAlias', {
    ...access,
    alias: 'live',
    shape: { version, weights: {} },
    revisionId: snapshot.alias?.revisionId ?? '',
    fence: snapshot.alias?.revisionId ?? '',
  });
  await examine(run, place, plan);
  await run('updateSettings', {
    ...access,
    revisionId: snapshot.latest?.revisionId ?? '',
    settings: { ...plan.settings, memorySize: 512 },
  });
  await wholeFunction(run, access);
  await run('removeAlias', { ...access, alias: 'live', version });
  const { codeSha256 } = pinned;
  await run('removeFunction', { ...access, codeSha256, settings: { memorySize: 512 } });
}

/** Gives a whole function everything that it can have, and takes it back. */
async function wholeFunction(run: Run, access: FunctionAccess): Promise<void> {
  const runtimeVersionArn = 'arn:aws:lambda:us-east-1::runtime:0123abcd';
  const changes = [
    ['tags', { team: null }, { team: 'shop' }],
    ['reservedConcurrency', 'none', 7],
    [
      'runtimeManagementConfig',
      { updateRuntimeOn: 'Auto' },
      { updateRuntimeOn: 'Manual', runtimeVersionArn },
    ],
    ['recursiveLoop', 'Terminate', 'Allow'],
  ] as const;
  for (const [name, before, wanted] of changes) {
    await run('updateWide', { ...access, name, before, wanted });
    await run('updateWide', { ...access, name, before: wanted, wanted: before });
  }
}

async function published(
  run: Run,
  {
    revisionId,
    codeSha256,
    ...access
  }: { revisionId: string; codeSha256: string } & ReturnType<AwsPlace['access']>,
): Promise<string> {
  const description = markText({ deploymentId: access.deploymentId });
  const result = await run('publishVersion', { ...access, revisionId, codeSha256, description });
  return 'version' in result.state ? result.state.version.version : '';
}

async function examine(run: Run, place: AwsPlace, plan: FunctionPlan): Promise<void> {
  const access = place.access(plan.name);
  await run('examineFunction', {
    ...access,
    exists: true,
    shiftable: true,
    alias: 'live',
    writes: ['UpdateFunctionCode'],
    layers: [`arn:aws:lambda:${access.region}:111111111111:layer:shared:1`],
    layersBack: [],
    passesRole: place.executionRoleArn,
    package: await pin(place, access),
    dryRunCode: true,
  });
}

/** The same for a function that is a container image, as far as that differs. */
async function imageThereAndBack(run: Run): Promise<void> {
  const place = await AwsPlace.make();
  const access = place.access(uniqueName('orders'));
  const repository = await ImageRepository.make(place, access.function);
  const pinnedNow = async (text: string): Promise<PinnedPackage> => {
    await repository.put(text);
    const planned = { imageUri: repository.uri() };
    const [result] = await run('pinPackages', [{ ...access, package: planned }]);
    if (result === undefined || 'failure' in result) throw new Error('not pinned');
    return result.pinned;
  };
  const imageConfig = { entryPoint: ['/run'], command: ['handler'], workingDirectory: '/app' };
  const plan = imagePlan(place, repository, access.function, { imageConfig });
  const first = await pinnedNow('first');
  const { state } = await run('createFunction', { ...access, plan, package: first });
  const fromVersion = await published(run, { ...access, ...state });
  const revision = async () => ({
    ...access,
    revisionId: (await run('readLatest', access))?.revisionId ?? '',
  });
  const settings = { imageConfig: { ...imageConfig, command: ['other'] } };
  await run('updateSettings', { ...(await revision()), settings });
  await run('updateCode', { ...(await revision()), package: await pinnedNow('second') });
  await run('restoreCode', { ...(await revision()), fromVersion });
}

/** Functions that somebody has made, with code that AWS refers to, and with code that nobody has in S3. */
function madeByHand(): Promise<StoredCode[]> {
  const ZipFile = zipOf({ 'index.js': `exports.handler = async () => 'by hand';` });
  return Promise.all([
    StoredCode.make({ S3ObjectStorageMode: 'REFERENCE' }),
    StoredCode.make({ ZipFile }),
  ]);
}

async function codeThereAndBack(run: Run, functions: readonly StoredCode[]): Promise<void> {
  for (const one of functions) {
    await run('keepCode', { ...one.access, replacedCode: `s3://${one.place.bucket}/replaced/` });
    const revisionId = await one.revisionId();
    const { state } = await run('updateCode', { ...one.access, revisionId, package: one.next });
    await run('restoreCode', {
      ...one.access,
      revisionId: state.revisionId,
      fromVersion: '1',
    });
  }
}

describe('every member of every request that AWS knows', () => {
  let sent: ReadonlyMap<string, ReadonlySet<string>>;
  beforeAll(async () => {
    const externalId = () => 'an-external-id';
    const run = activityBench({ access: { externalId, mayUse: () => true } });
    const functions = await madeByHand();
    sent = await sentMembers(async () => {
      await everything(run);
      await codeThereAndBack(run, functions);
      await imageThereAndBack(run);
    });
  });

  it('is listed for every operation that activities call', () => {
    const commands = Object.keys(REQUESTS).filter((name) => !name.includes('.'));
    const called = deployRoleCommands().filter((name) => name !== ONLY_ASKS);
    expect(commands).toEqual(['AssumeRoleCommand', ...called].sort());
  });

  it.each(Object.entries(REQUESTS))(
    'of %s is sent, or left out for a reason',
    (_, { model, sent: listed, leftOut }) => {
      const known = [...listed, ...Object.values(leftOut).flat()];
      expect(known.sort()).toEqual([...(model[4] as string[])].sort());
    },
  );

  it.each(Object.entries(REQUESTS))(
    'of %s that is listed as sent reaches AWS, and no other',
    (name, { sent: listed }) => {
      expect([...(sent.get(name) ?? [])].sort()).toEqual([...listed].sort());
    },
  );
});
