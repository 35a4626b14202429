import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  DeleteLayerVersionCommand,
  PublishLayerVersionCommand,
  PutFunctionConcurrencyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zipOf } from '../../../dev/stack/packages.js';
import type { ExamineInput } from '../../../src/activities/preflight/examineFunction.js';
import { PREFLIGHT_CHECKS, type PreflightCheck } from '../../../src/domain/preflight.js';
import { activityBench, type Run } from '../../support/activityBench.js';
import { DenyingProxy } from '../../support/denyingProxy.js';
import { ExistingFunction } from '../../support/existingFunction.js';
import { shared } from '../../support/shared.js';
import { examineInput } from './examineInput.js';

let run: Run;
let proxy: DenyingProxy;
let existing: ExistingFunction;
beforeAll(async () => {
  run = activityBench();
  existing = await ExistingFunction.make({ versioned: true });
  proxy = await DenyingProxy.start(shared.awsEndpoint);
});
afterAll(() => proxy.stop());

const input = (changes: Partial<ExamineInput> = {}) => examineInput(existing, changes);

async function findings(changes: Partial<ExamineInput> = {}) {
  return run('examineFunction', input(changes));
}

async function publishLayer(): Promise<string> {
  const Content = { ZipFile: zipOf({ 'tool.js': 'exports.tool = 1;' }) };
  const command = new PublishLayerVersionCommand({ LayerName: 'tools', Content });
  return (await existing.place.clients.lambda.send(command)).LayerVersionArn ?? '';
}

async function arn(): Promise<string> {
  const { account, region } = existing.place;
  return Promise.resolve(`arn:aws:lambda:${region}:${account}:function:${existing.name}`);
}

describe('examining a function', () => {
  it('finds nothing where all is well', async () => {
    expect(await findings({ alias: 'live' })).toEqual({ problems: [], warnings: [] });
  });

  it('warns of triggers, permissions and a stack, of the function itself alone', async () => {
    const { lambda } = existing.place.clients;
    const FunctionName = existing.name;
    const queue = `arn:aws:sqs:${existing.place.region}:${existing.place.account}:orders`;
    await lambda.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn: queue }));
    const permission = { FunctionName, Action: 'lambda:InvokeFunction', StatementId: 'one' };
    await lambda.send(new AddPermissionCommand({ ...permission, Principal: 's3.amazonaws.com' }));
    const Tags = { 'aws:cloudformation:stack-name': 'shop' };
    await lambda.send(new TagResourceCommand({ Resource: await arn(), Tags }));
    const { problems, warnings } = await findings({ alias: 'live' });
    expect(problems).toEqual([]);
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      ['ownedByStack', expect.stringContaining('the CloudFormation stack shop')],
      ['triggerWithoutAlias', expect.stringContaining(`by ${queue}`)],
      ['permissionWithoutAlias', expect.stringContaining('s3.amazonaws.com may invoke')],
    ]);
    expect((await findings()).warnings.map(({ code }) => code)).toEqual(['ownedByStack']);
  });

  it('finds that there is no room for the provisioned concurrency of two versions', async () => {
    const other = await ExistingFunction.make();
    const examined = async (more: number, together: number) => {
      const provisions = { more, together };
      const found = await run(
        'examineFunction',
        input({ ...other.access, package: other.first, provisions }),
      );
      return found.problems.map(({ code, message }) => [code, message]);
    };
    expect(await examined(900, 900)).toEqual([]);
    expect(await examined(901, 901)).toEqual([
      [
        'settingsRejected',
        expect.stringContaining(
          'has 1000 concurrent executions left in us-east-1, of which AWS keeps 100',
        ),
      ],
    ]);
    await other.place.clients.lambda.send(
      new PutFunctionConcurrencyCommand({
        FunctionName: other.name,
        ReservedConcurrentExecutions: 30,
      }),
    );
    expect(await examined(20, 30)).toEqual([]);
    expect(await examined(20, 40)).toEqual([
      ['settingsRejected', expect.stringContaining('30 concurrent executions are reserved')],
    ]);
  });

  it('warns of other aliases that serve $LATEST, and not of the one that is deployed', async () => {
    const other = await ExistingFunction.make();
    const { lambda } = other.place.clients;
    const point = (Name: string, FunctionVersion: string) =>
      lambda.send(new CreateAliasCommand({ FunctionName: other.name, Name, FunctionVersion }));
    await point('live', '$LATEST');
    await point('stable', other.version);
    const examined = () =>
      run('examineFunction', input({ ...other.access, package: other.first, alias: 'live' }));
    expect(await examined()).toEqual({ problems: [], warnings: [] });
    await point('preview', '$LATEST');
    expect((await examined()).warnings).toMatchObject([
      {
        code: 'otherAliasOnLatest',
        message: expect.stringContaining('other aliases that serve $LATEST (preview)'),
      },
    ]);
  });

  it('warns of what a rollback could not give back: layers and roles that are gone', async () => {
    const { lambda } = existing.place.clients;
    const [kept, deleted] = [await publishLayer(), await publishLayer()];
    const [LayerName, number] = deleted.split(':').slice(-2);
    await lambda.send(new DeleteLayerVersionCommand({ LayerName, VersionNumber: Number(number) }));
    const role = `arn:aws:iam::${existing.place.account}:role/Gone`;
    const { problems, warnings } = await findings({
      layers: [kept],
      layersBack: [kept, deleted],
      passesRoleBack: role,
    });
    expect(problems).toEqual([]);
    const restorable = warnings.filter(({ code }) => code.endsWith('NotRestorable'));
    expect(restorable).toMatchObject([
      {
        code: 'layersNotRestorable',
        message: expect.stringMatching(
          new RegExp(
            `${deleted}, which no longer exists: a rollback could not put its layers back`,
          ),
        ),
      },
      { code: 'roleNotRestorable', message: expect.stringContaining(`${role} of`) },
    ]);
    const shifted = await findings({ layersBack: [deleted], alias: 'live' });
    const told = shifted.warnings.find(({ code }) => code === 'layersNotRestorable');
    expect(told?.message).toContain('could put back the traffic of live');
    // An alias that is yet to be made carries nothing back.
    const yetToBeMade = { layersBack: [deleted], alias: 'new', shiftable: false };
    expect((await findings(yetToBeMade)).warnings).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('would be stuck') }),
    );
  });

  it('finds layers that the function would be given and that do not exist', async () => {
    const missing = (await publishLayer()).replace(/\d+$/, '99');
    expect((await findings({ layers: [missing] })).problems).toMatchObject([
      { code: 'settingsRejected', message: expect.stringContaining(missing) },
    ]);
  });

  it.each([
    ['layers', /^GET \/2018-10-31\/layers/],
    ['aliases', /^GET \/2015-03-31\/functions\/[^/]+\/aliases/],
    ['triggers', /^GET \/2015-03-31\/event-source-mappings/],
    ['policy', /^GET \/2015-03-31\/functions\/[^/]+\/policy/],
    ['executionRole', /Action=GetRole/],
    ['permissions', /Action=SimulatePrincipalPolicy/],
    ['replacedCode', /^GET \/2015-03-31\/functions\/[^/]+\/versions/],
  ] satisfies [PreflightCheck, RegExp][])(
    'goes on when the role may not read %s, and says that it was not checked',
    async (check, denied) => {
      const bench = activityBench();
      process.env['AWS_ENDPOINT_URL'] = proxy.endpoint;
      proxy.denied = denied;
      const asked = input({
        alias: 'live',
        passesRole: existing.place.executionRoleArn,
        layersBack: [`arn:aws:lambda:us-east-1:${existing.place.account}:layer:tools:1`],
        replacedCode: 's3://acme-packages/replaced/',
      });
      const found = await bench('examineFunction', {
        ...asked,
        deploymentId: `denied-${check}`,
      });
      activityBench();
      expect(found.problems).toEqual([]);
      const told = found.warnings.filter(({ code }) => code === 'notChecked');
      expect(told.length).toBeGreaterThan(0);
      for (const one of told) expect(one).toMatchObject({ check });
      expect(told[0]?.message).toContain(PREFLIGHT_CHECKS[check]);
      expect(told[0]?.message).toContain('User is not authorized');
    },
  );

  it('tells where the code that is replaced would be kept, unless AWS can have it by version', async () => {
    const replacedCode = 's3://acme-packages/replaced/';
    const hash = Buffer.from(existing.first.codeSha256, 'base64').toString('hex');
    expect((await findings({ replacedCode })).keptCode).toBe(
      `${replacedCode}${existing.name}/${hash}.zip`,
    );
    const released = await ExistingFunction.make({ versioned: true });
    await released.record(released.first);
    const { access } = released;
    expect(await run('examineFunction', input({ ...access, replacedCode }))).not.toHaveProperty(
      'keptCode',
    );
  });

  it('asks AWS with a dry run only when told to, and that writes nothing', async () => {
    const dryRuns = async () =>
      (await existing.place.requests()).filter(({ parameters }) => parameters['DryRun'] === true);
    const writes = await existing.place.writes();
    await findings();
    expect(await dryRuns()).toHaveLength(0);
    expect(await findings({ dryRunCode: true })).toMatchObject({ problems: [] });
    expect(await dryRuns()).toHaveLength(1);
    expect(await existing.place.writes()).toEqual(writes);
  });
});

describe('examining a package', () => {
  it.each([
    ['no zip file', Buffer.from('text'), 'is no zip file'],
    ['empty', Buffer.alloc(0), 'is no zip file'],
    ['a zip file without files', zipEnd(0, 0), 'has no files in it'],
    ['too large', zipOfSize(300 * 1024 * 1024), 'unpacks to 300 MB, and Lambda takes up to 250 MB'],
  ])('finds that it is %s', async (_, bytes, said) => {
    await existing.place.putBytes('other.zip', bytes);
    const [result] = await run('pinPackages', [
      { ...existing.access, package: { bucket: existing.place.bucket, key: 'other.zip' } },
    ]);
    if (result === undefined || 'failure' in result) throw new Error('not pinned');
    expect((await findings({ package: result.pinned })).problems).toMatchObject([
      { code: 'packageRejected', message: expect.stringContaining(said) },
    ]);
  });

  it('finds that the version that was fixed may not be read', async () => {
    const gone = { ...existing.first, versionId: 'gone' };
    expect((await findings({ package: gone })).problems).toMatchObject([
      { code: 'packageNotFound' },
    ]);
  });
});

describe('looking at an account and region', () => {
  it('tells how much room for code there is', async () => {
    const place = await run('inspectPlace', existing.access);
    expect(place.roomForCode).toBeGreaterThan(70 * 2 ** 30);
    expect(place.findings).toEqual({ problems: [], warnings: [] });
  });

  it('says so when it may not know', async () => {
    const bench = activityBench();
    process.env['AWS_ENDPOINT_URL'] = proxy.endpoint;
    proxy.denied = /^GET \/2016-08-19\/account-settings/;
    const place = await bench('inspectPlace', { ...existing.access, deploymentId: 'denied' });
    activityBench();
    expect(place).toMatchObject({
      findings: { problems: [], warnings: [{ code: 'notChecked', check: 'codeStorage' }] },
    });
    expect(place.roomForCode).toBeUndefined();
  });

  it('fails with what the deployment would fail with when the role is not to be had', async () => {
    const deployRoleArn = `arn:aws:iam::${existing.place.account}:role/Nobody`;
    await expect(run('inspectPlace', { ...existing.access, deployRoleArn })).rejects.toMatchObject({
      type: 'roleNotAssumable',
    });
    const access = { externalId: () => undefined, mayUse: () => false };
    await expect(activityBench({ access })('inspectPlace', existing.access)).rejects.toMatchObject({
      type: 'roleNotAllowed',
    });
  });
});

/** The record at the end of a zip file. */
function zipEnd(files: number, length: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(files, 10);
  end.writeUInt32LE(length, 12);
  return end;
}

/** A zip file that says of its only file that it is as large when it is unpacked. */
function zipOfSize(size: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50);
  header.writeUInt32LE(size, 24);
  return Buffer.concat([header, zipEnd(1, header.length)]);
}
