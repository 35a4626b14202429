import type { Published } from '../../activities/publish.js';
import {
  nothingChanges,
  type Changes,
  type FunctionState,
  type SettingName,
  type VersionState,
} from '../../domain/functions.js';
import { markText, readMark } from '../../domain/marks.js';
import { packageChanged, packageUri } from '../../domain/packages.js';
import type { FunctionSettings } from '../../domain/plan.js';
import { settingsToWrite, writesCode } from '../../domain/release.js';
import { mutating } from '../temporal/activities.js';
import { FailureError } from '../temporal/failure.js';
import { asKnown, foreignContent, gone } from './foreign.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import { notingCreation } from './unanswered.js';
import { write } from './write.js';

/**
 * Makes a function's code and settings what the plan says, and publishes a version of them. What
 * was there before is published first, so that it can be restored. A version that an alias is to
 * serve again is there already.
 */
export async function release(fn: FunctionLedger): Promise<void> {
  const { alias } = fn.given.plan;
  if (!('package' in fn.given) && alias !== undefined) {
    fn.version = fn.given.plan.version;
    return;
  }
  if (fn.snapshot.latest === undefined) await create(fn);
  else if (differs(fn)) {
    await publishBaseline(fn);
    await changeSettings(fn);
    await changeCode(fn);
  }
  fn.version = (await publish(fn, 'the new version', markOf(fn))).version;
  if (alias === undefined) fn.weight = fn.wantedWeight = 100;
}

function markOf({ given, target: { deploymentId } }: FunctionLedger): string {
  return markText({
    deploymentId,
    ...('package' in given && { packageUri: packageUri(given.package) }),
  });
}

function differs(fn: FunctionLedger): boolean {
  const { latest } = fn.inspection;
  return latest !== undefined && !nothingChanges(latest);
}

async function create(fn: FunctionLedger): Promise<void> {
  const { given } = fn;
  if (!('package' in given)) throw new FailureError(gone(fn));
  fn.touched.created = true;
  fn.latest = await notingCreation(fn, () =>
    mutating(`create ${fn.name}`).createFunction({
      ...fn.access,
      plan: given.plan,
      package: given.package,
    }),
  );
  assertPinned(fn);
}

/** The bytes that were written are those of the start, or the deployment ends and goes back. */
function assertPinned(fn: FunctionLedger): void {
  const { given } = fn;
  if (!('package' in given) || fn.latest?.codeSha256 === given.package.codeSha256) return;
  throw new FailureError(packageChanged(given.package, fn.target.target, fn.name));
}

async function publishBaseline(fn: FunctionLedger): Promise<void> {
  const description = markText({ deploymentId: fn.target.deploymentId });
  const baseline = await publish(fn, 'the version to go back to', description);
  fn.baseline = baseline.version;
  fn.baselinePackage = readMark(baseline.description)?.packageUri;
}

async function changeSettings(fn: FunctionLedger): Promise<void> {
  const names = settingsToWrite(changesOf(fn));
  if (names.length === 0) return;
  fn.touched.settings = names;
  const from = known(fn);
  fn.latest = await write<FunctionState>({
    fn,
    resource: 'latest',
    from,
    send: (revisionId) => sendSettings(fn, names, revisionId),
    expected: asKnown(fn, from),
    foreign: foreignContent(fn, from),
  });
}

function sendSettings(
  { access, given, name }: FunctionLedger,
  names: SettingName[],
  revisionId: string,
) {
  const activities = mutating(`change ${names.join(', ')} of ${name}`);
  const request = { ...access, revisionId };
  return 'package' in given
    ? activities.updateSettings({ ...request, settings: pick(given.plan.settings, names) })
    : activities.restoreSettings({ ...request, fromVersion: given.plan.version, names });
}

async function changeCode(fn: FunctionLedger): Promise<void> {
  if (!writesCode(changesOf(fn))) return;
  fn.touched.code = true;
  const from = known(fn);
  fn.latest = await write<FunctionState>({
    fn,
    resource: 'latest',
    from,
    send: (revisionId) => sendCode(fn, revisionId),
    expected: asKnown(fn, from),
    foreign: foreignContent(fn, from),
  });
  fn.writtenCode = fn.latest.codeSha256;
  assertPinned(fn);
}

function sendCode({ access, given, name }: FunctionLedger, revisionId: string) {
  const activities = mutating(`change the code of ${name}`);
  const request = { ...access, revisionId };
  if (!('package' in given)) {
    return activities.restoreCode({ ...request, fromVersion: given.plan.version });
  }
  const { architectures } = given.plan.settings;
  return activities.updateCode({
    ...request,
    package: given.package,
    ...(architectures !== undefined && { architectures }),
  });
}

/** Publishes `$LATEST` as it is known; anything else is not published. */
async function publish(fn: FunctionLedger, what: string, description: string): Promise<VersionState> {
  const from = known(fn);
  const published = await write<FunctionState, Published>({
    fn,
    resource: 'latest',
    from,
    send: (revisionId) =>
      mutating(`publish ${what} of ${fn.name}`).publishVersion({
        ...fn.access,
        revisionId,
        codeSha256: from.codeSha256,
        description,
      }),
    expected: asKnown(fn, from),
    foreign: foreignContent(fn, from),
  });
  const { version, ...latest } = published;
  fn.latest = latest;
  return version;
}

function known(fn: FunctionLedger): FunctionState {
  if (fn.latest === undefined) throw new Error(`${fn.name} was not inspected`);
  return fn.latest;
}

function changesOf(fn: FunctionLedger): Changes {
  return fn.inspection.latest ?? { code: false, settings: [] };
}

function pick(settings: FunctionSettings, names: readonly string[]): Partial<FunctionSettings> {
  const wanted = new Set(names);
  if (wanted.has('environmentHashes')) wanted.add('environment');
  return Object.fromEntries(Object.entries(settings).filter(([name]) => wanted.has(name)));
}
