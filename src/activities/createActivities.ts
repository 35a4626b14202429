import { createProviders, type ProviderSettings } from '../metrics/registry.js';
import type { AccessSettings } from './access.js';
import { createAlias, updateAlias } from './aliases.js';
import { allAnswering } from './answered.js';
import { allBeating } from './beat.js';
import { awaitVersion } from './awaitVersion.js';
import { checkPlan, type PlanCheck } from './checkPlan.js';
import { ClientCache } from './clients.js';
import { restoreCode, updateCode } from './code.js';
import { createFunction } from './create.js';
import { marking } from './environmentMarks.js';
import { inspectFunction, readLatest } from './inspect.js';
import { inspectVersion } from './inspectVersion.js';
import { keepCode } from './keepCode.js';
import type { ConfirmCurrent } from './lambdaApi.js';
import { Limiter } from './limiter.js';
import { measure } from './measure.js';
import {
  awaitClosed,
  type AwaitClosed,
  latestRun,
  type FindLatestRun,
  type ReadPastRuns,
} from './otherRuns.js';
import { findOldVersions, removeVersion } from './oldVersions.js';
import { pinPackages } from './pin.js';
import { pinSecrets } from './pinSecrets.js';
import { examineFunction } from './preflight/examineFunction.js';
import { inspectPlace } from './preflight/inspectPlace.js';
import { awaitProvisioned, provision } from './provisioned.js';
import { publishVersion } from './publish.js';
import { readBack } from './readBack.js';
import { removeAlias, removeFunction } from './remove.js';
import type { VersionedSecrets } from './secrets/secretStore.js';
import { restoreSettings, updateSettings } from './settings.js';
import { Tools } from './tools.js';
import { updateWide } from './wide.js';
import { AddressGuard } from './webhooks/addresses.js';
import { callWebhook, type IssueCallback } from './webhooks/callWebhook.js';

export interface ActivityDependencies {
  /** From the worker's settings. */
  access: AccessSettings;
  /** Control-plane requests a second, per account and region. AWS allows 15 for all callers. */
  requestsPerSecond: number;
  /** Confirms with Temporal, synchronously, that an attempt is current and not cancelled. */
  confirmCurrent: ConfirmCurrent;
  /** Resolves when no run of the workflow id is open any more. */
  awaitClosed: AwaitClosed;
  /** Tells about the newest run of a workflow id. */
  latestRun: FindLatestRun;
  /** Tells which versions a target's runs name that Temporal remembers. */
  pastRuns: ReadPastRuns;
  /** Where `{{secrets.…}}` come from. */
  secrets: VersionedSecrets;
  /** Ranges of addresses that an application's webhooks may call although they are not public. */
  allowedAddresses(application: string): readonly string[];
  /** Whether the webhooks of an application are called. */
  serves(application: string): boolean;
  /** Makes addresses for callbacks; absent where the settings have no `callbacks`. */
  issueCallback?: IssueCallback;
  /** Where the Temporal UI is, without a slash at its end; absent where nobody says so. */
  uiUrl?: string;
  /** Sluice's, for those who are called. */
  version: string;
  /** The problems of a plan that somebody sent as it is; none when it can be deployed. */
  checkPlan: PlanCheck;
  /** From the worker's settings, by the names that deployment files use. */
  metricProviders: ReadonlyMap<string, ProviderSettings>;
  /** Whether an application's queries may ask a provider. */
  mayAsk: (application: string, provider: string) => boolean;
}

export type AgentDependencies = Pick<
  ActivityDependencies,
  'secrets' | 'allowedAddresses' | 'serves' | 'issueCallback' | 'uiUrl' | 'version'
>;

/** What an agent inside a private network does. */
export function createAgentActivities(dependencies: AgentDependencies) {
  const guardFor = (application: string) =>
    new AddressGuard(dependencies.allowedAddresses(application));
  return allBeating({ callWebhook: callWebhook({ ...dependencies, guardFor }) });
}

/** The activities of all workflows. Each makes at most one mutation and can be run again. */
export function createActivities(dependencies: ActivityDependencies) {
  const { access, metricProviders, secrets } = dependencies;
  const clients = new ClientCache(access);
  const tools = new Tools(
    clients,
    new Limiter(dependencies.requestsPerSecond),
    dependencies.confirmCurrent,
    dependencies.latestRun,
    secrets,
  );
  const providers = createProviders(metricProviders, clients);
  return {
    ...allBeating({
      checkPlan: checkPlan(dependencies.checkPlan),
      awaitClosed: awaitClosed(dependencies.awaitClosed),
      latestRun: latestRun(dependencies.latestRun),
      pinPackages: pinPackages(tools),
      pinSecrets: pinSecrets(secrets),
      inspectPlace: inspectPlace(tools),
      keepCode: keepCode(tools),
      examineFunction: examineFunction(tools),
      ...functionActivities(tools),
      findOldVersions: findOldVersions(tools, dependencies.pastRuns),
      removeVersion: removeVersion(tools),
      measure: measure({ providers, secrets, mayAsk: dependencies.mayAsk }),
    }),
    ...createAgentActivities(dependencies),
  };
}

/** What is known of a function, and done to it. */
function functionActivities(tools: Tools) {
  return {
    ...marking(tools, {
      inspectFunction: inspectFunction(tools),
      inspectVersion: inspectVersion(tools),
      readLatest: readLatest(tools),
      readBack: readBack(tools),
      awaitVersion: awaitVersion(tools),
      awaitProvisioned: awaitProvisioned(tools),
      removeAlias: removeAlias(tools),
      removeFunction: removeFunction(tools),
    }),
    // That nothing could be filled in is an answer as well: nothing was sent.
    ...allAnswering(
      marking(tools, {
        createFunction: createFunction(tools),
        updateSettings: updateSettings(tools),
        updateCode: updateCode(tools),
        publishVersion: publishVersion(tools),
        createAlias: createAlias(tools),
        updateAlias: updateAlias(tools),
        provision: provision(tools),
        restoreSettings: restoreSettings(tools),
        restoreCode: restoreCode(tools),
        updateWide: updateWide(tools),
      }),
    ),
  };
}

export type Activities = ReturnType<typeof createActivities>;
