import { createHash } from 'node:crypto';
import { created } from '../../src/activities/answered.js';
import { wantedSettings } from '../../src/activities/functionState.js';
import type { FunctionAccess } from '../../src/activities/access.js';
import type { KeptCode } from '../../src/activities/keepCode.js';
import type { PinnedSecret } from '../../src/activities/pinSecrets.js';
import { done, moved, type MutationResult } from '../../src/activities/results.js';
import {
  servesLatest,
  type AliasState,
  type FunctionState,
  type VersionState,
} from '../../src/domain/functions.js';
import type { ObservedSettings } from '../../src/domain/functionSettings.js';
import type { FunctionWide } from '../../src/domain/functionWide.js';
import { defined } from '../../src/domain/defined.js';
import { isImage } from '../../src/domain/packages.js';
import type { PlannedPackage } from '../../src/domain/plan.js';
import { MemoryOutside } from './memoryOutside.js';
import type { Activities } from '../../src/activities/createActivities.js';
import { createAlias, removeAlias, updateAlias } from './memoryAliases.js';
import { nameOfPackage } from './plans.js';
import { MemoryFaults, type ActivityName } from './memoryFaults.js';
import type { MemoryFunction } from './memoryFunction.js';
import { inspection, readBack } from './memoryInspection.js';
import { provide } from './memoryProvisioned.js';
import {
  aliasAt,
  differs,
  EMPTY,
  foreign,
  isOf,
  left,
  NOTHING_FOUND,
  withArchitectures,
} from './memoryRules.js';
import { oldVersionsOf, publish } from './memoryVersions.js';
import { wideIn, writeWide } from './memoryWide.js';

export { EMPTY };

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
      return inspection(this.functions.get(input.function), input);
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
      return publish(this.get(input.function), input, () => this.#next());
    },
    awaitVersion: (input) => this.fault('awaitVersion', input.function).then(() => undefined),
    createAlias: async (input) => {
      await this.fault('createAlias', input.function);
      const write = () => this.#wrote('createAlias', input);
      return created(createAlias(this.get(input.function), input, write));
    },
    updateAlias: async (input) => {
      await this.fault('updateAlias', input.function);
      const write = () => this.#wrote('updateAlias', input);
      return updateAlias(this.get(input.function), input, write);
    },
    provision: async (input) => {
      await this.fault('provision', input.function);
      const text = `provision ${input.function}:${input.version} ${input.wanted}`;
      const write = () => this.writes.push(text);
      return created(provide(this.functions.get(input.function), input, write));
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
      const write = () => this.#wrote('removeAlias', input);
      return removeAlias(this.functions.get(input.function), input, write);
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

  /** Notes that something is written, and gives the revision that it becomes. */
  #wrote(activity: ActivityName, { function: name }: FunctionAccess): string {
    this.writes.push(`${activity} ${name}`);
    return this.#next();
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
