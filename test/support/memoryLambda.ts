import { createHash } from 'node:crypto';
import { created } from '../../src/activities/answered.js';
import { wantedSettings } from '../../src/activities/functionState.js';
import type { FunctionAccess } from '../../src/activities/access.js';
import type { KeptCode } from '../../src/activities/keepCode.js';
import type { PinnedSecret } from '../../src/activities/pinSecrets.js';
import { done, moved, type MutationResult } from '../../src/activities/results.js';
import {
  sameShape,
  servesLatest,
  type AliasState,
  type FunctionState,
  type VersionState,
} from '../../src/domain/functions.js';
import type { ObservedSettings } from '../../src/domain/functionSettings.js';
import type { FunctionWide } from '../../src/domain/functionWide.js';
import type { WideState } from '../../src/domain/wideSettings.js';
import { defined } from '../../src/domain/defined.js';
import { differingSettings } from '../../src/domain/settingSelection.js';
import { markText } from '../../src/domain/marks.js';
import { isImage } from '../../src/domain/packages.js';
import type { PlannedPackage } from '../../src/domain/plan.js';
import { sameContent } from '../../src/domain/sameContent.js';
import { MemoryOutside } from './memoryOutside.js';
import type { Activities } from '../../src/activities/createActivities.js';
import { nameOfPackage } from './plans.js';
import { MemoryFaults, type ActivityName } from './memoryFaults.js';
import {
  aliasAt,
  assertPossible,
  differs,
  EMPTY,
  foreign,
  isOf,
  left,
  NOTHING_FOUND,
  oldVersionsOf,
  othersServing,
  provisionedIn,
  readBack,
  refusal,
  servedBy,
  shape,
  sole,
  trafficOf,
  withArchitectures,
} from './memoryRules.js';
import { assertReserved, wideIn, writeWide } from './memoryWide.js';

export { EMPTY };

export interface MemoryFunction {
  latest: FunctionState;
  versions: VersionState[];
  aliases: Map<string, AliasState>;
  /** How many environments versions and aliases keep ready. */
  provisioned?: Map<string, number>;
  /** What belongs to it as a whole and somebody has set. */
  wide?: WideState;
  /** The deployment that made it, as its tag says. */
  createdBy?: string;
}

/**
 * Lambda in memory, as the activities show it to the workflows: for tests of what the workflows
 * decide, on a server that skips time. What the activities really do is tested against the emulator.
 */
export class MemoryLambda extends MemoryFaults {
  readonly functions = new Map<string, MemoryFunction>();
  /** Every mutation that was carried out, such as `updateCode orders`. */
  readonly writes: string[] = [];
  /** Changes of `$LATEST` that an alias served at once, such as `updateCode orders`. */
  readonly exposed: string[] = [];
  readonly outside = new MemoryOutside();
  #revision = 0;

  /** A package's hash changes with the text that stands for its bytes. */
  bytes = 'first';
  /** How large packages are, in bytes, and how much room the account has for them. */
  packageBytes = 1000;
  roomForCode: number | undefined;
  /** The names of the secrets of each question, and what is answered of those that are told here. */
  readonly secretsAsked: string[][] = [];
  secrets: Record<string, PinnedSecret> = {};
  /** What a plan says of code that would be kept, and what became of it in a deployment. */
  keptCode: string | undefined;
  kept: KeptCode = { copy: 's3://packages/replaced/code.zip' };

  /** A function that exists before the deployment, with a version that its alias serves. */
  put(name: string, settings: ObservedSettings, alias?: string): MemoryFunction {
    const latest = { revisionId: this.#next(), codeSha256: hash('before'), settings };
    const version = { ...latest, version: '1', description: '' };
    const aliases = new Map<string, AliasState>();
    if (alias !== undefined) {
      aliases.set(alias, aliasAt('1', { revisionId: this.#next() }));
    }
    const made = { latest, versions: [version], aliases };
    this.functions.set(name, made);
    return made;
  }

  get(name: string): MemoryFunction {
    const found = this.functions.get(name);
    if (found === undefined) throw new Error(`there is no function ${name}`);
    return found;
  }

  readonly activities: Activities = {
    callWebhook: async (input) => {
      await this.fault('callWebhook', input.gate);
      return this.outside.call(input);
    },
    measure: async (input) => {
      await this.fault('measure', input.gate);
      return this.outside.measure(input);
    },
    checkPlan: async () => {},
    awaitClosed: async () => {},
    latestRun: () => Promise.resolve(undefined),
    inspectVersion: () => Promise.reject(new Error('versions are looked at in the emulator')),
    updateWide: async (input) => {
      await this.fault('updateWide', input.function);
      const answer = writeWide(this.get(input.function), input);
      if (answer === undefined) return created({ found: input.wanted, isDone: true });
      this.writes.push(`updateWide ${input.function} ${input.name}`);
      return created(answer);
    },
    pinPackages: async (requests) =>
      Promise.all(
        requests.map(async ({ package: location }) => {
          await this.fault('pinPackages', nameOfPackage(location));
          const { packageBytes: bytes } = this;
          return { pinned: { ...location, bytes, codeSha256: codeOf(location, this.bytes) } };
        }),
      ),
    pinSecrets: ({ names }) => {
      this.secretsAsked.push(names);
      return Promise.resolve(names.map((name) => this.secrets[name] ?? { version: `v-${name}` }));
    },
    inspectFunction: async (input) => {
      await this.fault('inspectFunction', input.function);
      const wanted = wantedSettings(input.plan.settings, input);
      const found = this.functions.get(input.function);
      if (found === undefined) return { snapshot: {}, wanted };
      const alias = found.aliases.get(input.plan.alias ?? '');
      const served = alias === undefined ? undefined : servedBy(found, alias);
      const changes = (state: FunctionState) => ({
        code: state.codeSha256 !== input.package.codeSha256,
        settings: differingSettings(state.settings, wanted),
      });
      return {
        snapshot: {
          latest: found.latest,
          ...(alias !== undefined && { alias, trafficBefore: trafficOf(found.versions, alias) }),
          ...(served !== undefined && { served }),
          ...(served && sameContent(served, found.latest) && { servesContentOfLatest: true }),
          ...defined({ provisioned: provisionedIn(found, input.plan.alias) }),
          ...(input.plan.functionWide && { wide: wideIn(found, input.plan.functionWide) }),
        },
        wanted,
        latest: changes(found.latest),
        served: changes(served ?? found.latest),
      };
    },
    inspectPlace: async (input) => {
      await this.fault('inspectPlace', input.target);
      return { ...NOTHING_FOUND, ...defined({ roomForCode: this.roomForCode }) };
    },
    keepCode: async (input) => {
      await this.fault('keepCode', input.function);
      if ('copy' in this.kept) this.#wrote('keepCode', input);
      return this.kept;
    },
    examineFunction: async (input) => {
      await this.fault('examineFunction', input.function);
      return { ...NOTHING_FOUND.findings, ...defined({ keptCode: this.keptCode }) };
    },
    readLatest: async (input) => {
      await this.fault('readLatest', input.function);
      return this.functions.get(input.function)?.latest;
    },
    readBack: async (input) => {
      await this.fault('readBack', input.function);
      const found = this.functions.get(input.function);
      const wide = found && input.wide && wideIn(found, input.wide as FunctionWide);
      return { ...readBack(found, input), ...defined({ wide }) };
    },
    createFunction: async (input) => {
      await this.fault('createFunction', input.function);
      const existing = this.functions.get(input.function);
      if (existing?.createdBy === input.deploymentId) return created(existing.latest);
      if (existing !== undefined) throw foreign(`${input.function} is somebody else's.`);
      const settings = { ...EMPTY, ...wantedSettings(input.plan.settings, input) };
      const made = this.put(input.function, settings);
      made.versions.length = 0;
      made.latest.codeSha256 = input.package.codeSha256;
      made.createdBy = input.deploymentId;
      return created(made.latest);
    },
    updateSettings: async (input) => {
      const wanted = wantedSettings(input.settings, input);
      return this.#change('updateSettings', input, (latest) => ({
        ...latest,
        settings: { ...latest.settings, ...wanted },
      }));
    },
    updateCode: async (input) =>
      this.#change('updateCode', input, (latest) => ({
        ...latest,
        codeSha256: input.package.codeSha256,
        settings: withArchitectures(latest.settings, input.architectures),
      })),
    restoreSettings: async (input) => {
      const version = this.#version(input.function, input.fromVersion);
      return this.#change('restoreSettings', input, (latest) => {
        const settings: ObservedSettings = { ...latest.settings };
        for (const name of input.names) Object.assign(settings, { [name]: version.settings[name] });
        return { ...latest, settings };
      });
    },
    restoreCode: async (input) => {
      const { codeSha256, settings } = this.#version(input.function, input.fromVersion);
      return this.#change('restoreCode', input, (latest) => ({
        ...latest,
        codeSha256,
        settings: withArchitectures(latest.settings, settings.architectures),
      }));
    },
    publishVersion: async (input) => {
      await this.fault('publishVersion', input.function);
      const found = this.get(input.function);
      if (found.latest.revisionId !== input.revisionId) return moved(found.latest);
      if (found.latest.codeSha256 !== input.codeSha256) throw refusal('This is not the code.');
      const same = found.versions.at(-1);
      const unchanged =
        same?.codeSha256 === found.latest.codeSha256 &&
        differingSettings(same.settings, found.latest.settings).length === 0;
      if (unchanged) return done({ ...found.latest, version: same });
      found.latest = { ...found.latest, revisionId: this.#next() };
      const number = String(found.versions.length + 1);
      const version = { ...found.latest, version: number, description: input.description };
      found.versions.push(version);
      return done({ ...found.latest, version });
    },
    awaitVersion: (input) => this.fault('awaitVersion', input.function).then(() => undefined),
    createAlias: async (input) => {
      await this.fault('createAlias', input.function);
      const { aliases } = this.get(input.function);
      const existing = aliases.get(input.alias);
      if (existing !== undefined) {
        if (isOf(existing, input) && sameShape(existing, sole(input.version))) {
          return created(existing);
        }
        throw foreign(`The alias ${input.alias} is somebody else's.`);
      }
      this.#wrote('createAlias', input);
      const description = markText({ deploymentId: input.deploymentId });
      const made = aliasAt(input.version, { revisionId: this.#next(), description });
      aliases.set(input.alias, made);
      return created(made);
    },
    updateAlias: async (input) => {
      await this.fault('updateAlias', input.function);
      const { aliases } = this.get(input.function);
      const alias = aliases.get(input.alias);
      if (alias === undefined) throw new Error(`there is no alias ${input.alias}`);
      const { latest } = this.get(input.function);
      if (input.latest !== undefined && differs(latest, input.latest)) {
        return { ...moved(alias), foreign: latest };
      }
      const stays = alias.revisionId === input.fence;
      const isShaped = JSON.stringify(shape(alias)) === JSON.stringify(input.shape);
      const isToldSo = input.split === true || alias.holder === undefined;
      if (isShaped && isToldSo && !stays) return done(alias);
      if (alias.revisionId !== input.revisionId) return moved(alias);
      assertPossible(this.get(input.function), input.shape);
      this.#wrote('updateAlias', input);
      const { holder: _, ...before } = alias;
      const revisionId = this.#next();
      const { application, target, deploymentId } = input;
      const holder = input.split && { holder: { application, target, deploymentId } };
      const updated = { ...before, ...input.shape, revisionId, ...holder };
      aliases.set(input.alias, updated);
      return done(updated);
    },
    provision: async (input) => {
      await this.fault('provision', input.function);
      const found = this.functions.get(input.function);
      const version = found?.versions.find((one) => one.version === input.version);
      if (found === undefined || version === undefined) return created({ result: 'gone' });
      const provisioned = (found.provisioned ??= new Map<string, number>());
      const present = provisioned.get(input.version) ?? 0;
      if (present === input.wanted) return created({ result: 'done' });
      if (!input.known.includes(present)) return created({ result: 'changed', found: present });
      const aliases = othersServing(found, input);
      if (input.wanted === 0 && aliases.length > 0) return created({ result: 'serves', aliases });
      assertReserved(found, input.version, input.wanted);
      this.writes.push(`provision ${input.function}:${input.version} ${input.wanted}`);
      provisioned.set(input.version, input.wanted);
      return created({ result: 'done' });
    },
    awaitProvisioned: async (input) => {
      await this.fault('awaitProvisioned', input.function);
      this.writes.push(`ready ${input.function}:${input.version} ${input.wanted}`);
      return undefined;
    },
    findOldVersions: async (input) => {
      await this.fault('findOldVersions', input.function);
      const versions = oldVersionsOf(this.get(input.function), input);
      return { versions: versions.slice(0, input.limit), isMore: versions.length > input.limit };
    },
    removeVersion: async (input) => {
      await this.fault('removeVersion', input.function);
      const { versions } = this.get(input.function);
      this.#wrote('removeVersion', input);
      const index = versions.findIndex(({ version }) => version === input.version);
      if (index !== -1) versions.splice(index, 1);
      return { result: 'removed' };
    },
    removeAlias: async (input) => {
      await this.fault('removeAlias', input.function);
      const aliases = this.functions.get(input.function)?.aliases;
      const alias = aliases?.get(input.alias);
      if (aliases === undefined || alias === undefined) return { result: 'removed' };
      if (!isOf(alias, input)) return { result: 'left', reason: 'it is not ours', ours: false };
      if (!sameShape(alias, sole(input.version))) return left('it was changed');
      this.#wrote('removeAlias', input);
      aliases.delete(input.alias);
      return { result: 'removed' };
    },
    removeFunction: async (input) => {
      await this.fault('removeFunction', input.function);
      const found = this.functions.get(input.function);
      if (found === undefined) return { result: 'removed' };
      if (found.createdBy !== input.deploymentId) {
        return { result: 'left', reason: 'it is not ours', ours: false };
      }
      if (differs(found.latest, input)) return left('it was changed');
      const attached = [...found.versions, ...found.aliases.values()];
      if (!attached.every((one) => isOf(one, input))) return left('something is attached to it');
      this.#wrote('removeFunction', input);
      this.functions.delete(input.function);
      return { result: 'removed' };
    },
  };

  async #change(
    activity: ActivityName,
    input: FunctionAccess & { revisionId: string; fence?: string },
    change: (latest: FunctionState) => FunctionState,
  ): Promise<MutationResult<FunctionState>> {
    await this.fault(activity, input.function);
    const found = this.get(input.function);
    const wanted = change(found.latest);
    const stays = found.latest.revisionId === input.fence;
    if (JSON.stringify(wanted) === JSON.stringify(found.latest) && !stays)
      return done(found.latest);
    if (found.latest.revisionId !== input.revisionId) return moved(found.latest);
    this.#wrote(activity, input);
    if ([...found.aliases.values()].some(servesLatest)) this.exposed.push(this.writes.at(-1)!);
    found.latest = { ...wanted, revisionId: this.#next() };
    return done(found.latest);
  }

  #wrote(activity: ActivityName, { function: name }: FunctionAccess): void {
    this.writes.push(`${activity} ${name}`);
  }

  #version(name: string, number: string): VersionState {
    const version = this.get(name).versions.find((one) => one.version === number);
    if (version === undefined) throw new Error(`there is no version ${number} of ${name}`);
    return version;
  }

  #next(): string {
    this.#revision += 1;
    return `revision-${this.#revision}`;
  }
}

function codeOf(location: PlannedPackage, text: string): string {
  const codeSha256 = hash(text);
  return isImage(location) ? Buffer.from(codeSha256, 'base64').toString('hex') : codeSha256;
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
