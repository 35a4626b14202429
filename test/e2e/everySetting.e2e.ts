import { GetFunctionCommand, PublishLayerVersionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zipOf } from '../../dev/stack/packages.js';
import { makeExecutionRole } from '../../dev/stack/roles.js';
import { SETTINGS, type PlannedName } from '../../src/domain/functionSettings.js';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile, type FileTarget } from '../support/deploymentFile.js';
import { everySetting, type EverySetting } from '../support/everySetting.js';
import { ImageRepository, NOT_TAKEN } from '../support/imageRepository.js';
import { uniqueName } from '../support/names.js';
import { shared } from '../support/shared.js';
import type { Ran } from '../cli/inProcess.js';
import { System } from '../support/system.js';

type Stage = 'first' | 'second' | 'unset';

const FILE_NAMES = Object.fromEntries(
  Object.values(SETTINGS).map(({ inPlan, inFile }) => [inPlan, inFile]),
) as Record<PlannedName, string>;

/** What a function has that is a zip file, and one that is a container image. */
const OF_ZIP_FILES: readonly PlannedName[] = ['handler', 'runtime', 'layers', 'sourceKmsKeyArn'];
const OF_IMAGES: readonly PlannedName[] = ['imageConfig'];

/** AWS has it for other runtimes than the samples, without file systems, and of versions. */
const WITH_SNAPSHOTS: readonly PlannedName[] = ['snapStart', 'description'];

/** No published version keeps it, so no later rollback copies it from one. */
const OF_FUNCTION: readonly PlannedName[] = ['description'];

function has(kind: string, setting: PlannedName): boolean {
  if (kind === 'snapping') return WITH_SNAPSHOTS.includes(setting);
  const others = kind === 'image' ? OF_ZIP_FILES : OF_IMAGES;
  return setting !== 'snapStart' && !others.includes(setting);
}

let system: System;
beforeAll(async () => {
  system = await System.withWorker();
});
afterAll(async () => {
  await system.stop();
});

/** Functions of one application, and what their settings are to be. */
class Functions {
  private constructor(
    readonly place: AwsPlace,
    readonly application: string,
    private readonly repository: ImageRepository,
    private readonly targets: Record<string, { name: string; samples: EverySetting }>,
  ) {}

  static async make(): Promise<Functions> {
    const place = await AwsPlace.make({ versioned: true });
    const second = `${place.executionRoleArn}Too`;
    await makeExecutionRole(shared.awsEndpoint, second);
    const layers = [await layer(place), await layer(place)] as const;
    const roles = [place.executionRoleArn, second] as const;
    const samples = Object.fromEntries(
      ['plain', 'aliased', 'snapping', 'image'].map((kind) => {
        const name = uniqueName(kind);
        return [kind, { name, samples: everySetting({ ...place, name, roles, layers }) }];
      }),
    );
    const repository = await ImageRepository.make(place, uniqueName('orders'));
    return new Functions(place, uniqueName('shop'), repository, samples);
  }

  /** What is looked at: each setting of each function that can have it. */
  get all(): (readonly [kind: string, setting: keyof EverySetting])[] {
    return Object.entries(this.targets).flatMap(([kind, { samples }]) =>
      (Object.keys(samples) as (keyof EverySetting)[])
        .filter((setting) => has(kind, setting))
        .map((setting) => [kind, setting] as const),
    );
  }

  /** @param stage - absent: nothing is named but what has to be */
  async deploy(stage: Stage | undefined, code: string | typeof NO_CODE): Promise<Ran> {
    for (const { name } of Object.values(this.targets)) {
      if (code === NO_CODE) await this.place.putBytes(`${name}.zip`, NO_ZIP);
      else await this.place.put(`${name}.zip`, code + name);
    }
    if (code === NO_CODE) await this.repository.put('no image', 'live', NOT_TAKEN);
    else await this.repository.put(code);
    const targets = Object.keys(this.targets).map((kind) => this.#target(kind, stage));
    return system.deploy(deploymentFile(this.application, targets));
  }

  #target(kind: string, stage: Stage | undefined): FileTarget {
    const { name: functionName, samples } = this.targets[kind] ?? missing();
    const named = this.all.flatMap(([of, setting]) =>
      of === kind && stage !== undefined
        ? [[FILE_NAMES[setting], samples[setting][stage].value]]
        : [],
    );
    const options = {
      ...(kind === 'snapping' && { runtime: 'java21' }),
      ...(Object.fromEntries(named) as object),
    };
    const more = kind === 'image' ? { image: this.repository.uri() } : {};
    const alias = kind === 'aliased' ? { alias: 'live' } : {};
    return { name: kind, place: this.place, functionName, options, ...alias, ...more };
  }

  /** Each setting that is not what a stage says. */
  async wrong(
    stage: Stage,
    isMeant: (kind: string, setting: PlannedName) => boolean = () => true,
  ): Promise<unknown[]> {
    const found = new Map<string, Record<string, unknown>>();
    for (const [kind, { name }] of Object.entries(this.targets)) {
      const { Configuration, Code } = await this.place.clients.lambda.send(
        new GetFunctionCommand({ FunctionName: name }),
      );
      found.set(kind, { ...EMPTY, ...Configuration, SourceKMSKeyArn: Code?.SourceKMSKeyArn });
    }
    return this.all
      .filter(([kind, setting]) => isMeant(kind, setting))
      .flatMap(([kind, setting]) => {
        const { held } = this.targets[kind]?.samples[setting][stage] ?? missing();
        const seen = Object.fromEntries(
          Object.keys(held).map((member) => [member, found.get(kind)?.[member]]),
        );
        return equal(seen, held) ? [] : [{ kind, setting, seen }];
      });
  }
}

/** What AWS may leave out of a function to which nobody has given it. */
const EMPTY = { Environment: { Variables: {} }, Layers: [], FileSystemConfigs: [] };

function equal(seen: unknown, held: unknown): boolean {
  try {
    expect(seen).toEqual(held);
    return true;
  } catch {
    return false;
  }
}

function missing(): never {
  throw new Error('there is no such function');
}

async function layer(place: AwsPlace): Promise<string> {
  const Content = { ZipFile: zipOf({ 'nodejs/tools.js': 'exports.a = 1;' }) };
  const command = new PublishLayerVersionCommand({ LayerName: 'tools', Content });
  return (await place.clients.lambda.send(command)).LayerVersionArn ?? '';
}

/** What AWS refuses when it is to become the code of a function. */
const NO_CODE = Symbol('no code');
const NO_ZIP = new TextEncoder().encode('no zip file');

describe('every setting of a function', () => {
  it('is set, changed, left alone, unset, rolled back and deployed again', async () => {
    const functions = await Functions.make();
    const { application } = functions;
    const again = async (): Promise<string> => (await system.outcome(application)).deploymentId;
    expect((await functions.deploy(undefined, 'bare')).exitCode).toBe(0);
    expect(await functions.wrong('unset')).toEqual([]);

    // Taken back to "not set", by a deployment that has written everything but the code.
    expect(await functions.deploy('first', NO_CODE)).toMatchObject({ exitCode: 4, stderr: '' });
    expect(await functions.wrong('unset')).toEqual([]);

    expect(await functions.deploy('first', 'one')).toMatchObject({ exitCode: 0, stderr: '' });
    const first = await again();
    expect(await functions.wrong('first')).toEqual([]);
    const writes = await functions.place.writes();
    expect((await functions.deploy('first', 'one')).stdout).toContain('unchanged');
    expect(await functions.place.writes()).toEqual(writes);

    expect((await functions.deploy('second', 'two')).exitCode).toBe(0);
    expect(await functions.wrong('second')).toEqual([]);

    expect((await functions.deploy('unset', NO_CODE)).exitCode).toBe(4);
    expect(await functions.wrong('second')).toEqual([]);

    expect((await functions.deploy('unset', 'three')).exitCode).toBe(0);
    expect(await functions.wrong('unset')).toEqual([]);

    const named = ['-n', application, '-w'];
    expect((await system.run(['deploy', 'rollback', ...named])).exitCode).toBe(0);
    const isCopied = (kind: string, setting: PlannedName): boolean =>
      kind !== 'aliased' && !OF_FUNCTION.includes(setting);
    expect(await functions.wrong('second', isCopied)).toEqual([]);

    expect(await system.run(['deploy', 'redeploy', '-i', first, ...named])).toMatchObject({
      exitCode: 0,
    });
    expect(await functions.wrong('first')).toEqual([]);
  });
});
