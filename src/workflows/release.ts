import type { Published } from '../activities/publish.js';
import {
  nothingChanges,
  type Changes,
  type FunctionState,
  type VersionState,
} from '../domain/functions.js';
import type { SettingName } from '../domain/functionSettings.js';
import { markText, readMark } from '../domain/marks.js';
import { packageChanged, packageUri } from '../domain/packages.js';
import { settingsToWrite, writesCode } from '../domain/release.js';
import { codeSettings, pickPlanned } from '../domain/settingSelection.js';
import { mutating } from './activities.js';
import { FailureError } from './failure.js';
import { asKnown, foreignContent, gone } from './foreign.js';
import type { FunctionRun } from './functionRun.js';
import { notingCreation } from './unanswered.js';
import { write } from './write.js';

/**
 * Makes a function's code and settings what the plan says, and publishes a version of them. What
 * was there before is published first, so that it can be restored. A version that an alias is to
 * serve again is there already.
 */
export async function release(run: FunctionRun): Promise<void> {
  const { alias } = run.given.plan;
  if (!('package' in run.given) && alias !== undefined) {
    run.version = run.given.plan.version;
    return;
  }
  if (run.snapshot.latest === undefined) await create(run);
  else if (differs(run)) {
    await publishBaseline(run);
    await changeSettings(run);
    await changeCode(run);
  }
  run.version = (await publish(run, 'the new version', markOf(run))).version;
  if (alias === undefined) run.weight = run.wantedWeight = 100;
}

function markOf({ given, target: { deploymentId } }: FunctionRun): string {
  return markText({
    deploymentId,
    ...('package' in given && { packageUri: packageUri(given.package) }),
  });
}

function differs(run: FunctionRun): boolean {
  const { latest } = run.inspection;
  return latest !== undefined && !nothingChanges(latest);
}

async function create(run: FunctionRun): Promise<void> {
  const { given } = run;
  if (!('package' in given)) throw new FailureError(gone(run));
  run.touched.created = true;
  run.latest = await notingCreation(run, () =>
    mutating(`create ${run.name}`).createFunction({
      ...run.access,
      plan: given.plan,
      package: given.package,
    }),
  );
  assertPinned(run);
}

/** The bytes that were written are those of the start, or the deployment ends and goes back. */
function assertPinned(run: FunctionRun): void {
  const { given } = run;
  if (!('package' in given) || run.latest?.codeSha256 === given.package.codeSha256) return;
  throw new FailureError(packageChanged(given.package, run.target.target, run.name));
}

async function publishBaseline(run: FunctionRun): Promise<void> {
  const description = markText({ deploymentId: run.target.deploymentId });
  const baseline = await publish(run, 'the version to go back to', description);
  run.baseline = baseline.version;
  run.baselinePackage = readMark(baseline.description)?.packageUri;
}

async function changeSettings(run: FunctionRun): Promise<void> {
  const names = settingsToWrite(changesOf(run));
  if (names.length === 0) return;
  run.touched.settings = names;
  const from = known(run);
  run.latest = await write<FunctionState>({
    run,
    resource: 'latest',
    from,
    send: (revisionId) => sendSettings(run, names, revisionId),
    expected: asKnown(run, from),
    foreign: foreignContent(run, from),
  });
}

function sendSettings(
  { access, given, name }: FunctionRun,
  names: SettingName[],
  revisionId: string,
) {
  const activities = mutating(`change ${names.join(', ')} of ${name}`);
  const request = { ...access, revisionId };
  return 'package' in given
    ? activities.updateSettings({ ...request, settings: pickPlanned(given.plan.settings, names) })
    : activities.restoreSettings({ ...request, fromVersion: given.plan.version, names });
}

async function changeCode(run: FunctionRun): Promise<void> {
  if (!writesCode(changesOf(run))) return;
  run.touched.code = true;
  const from = known(run);
  run.latest = await write<FunctionState>({
    run,
    resource: 'latest',
    from,
    send: (revisionId) => sendCode(run, revisionId),
    expected: asKnown(run, from),
    foreign: foreignContent(run, from),
  });
  run.writtenCode = run.latest.codeSha256;
  assertPinned(run);
}

function sendCode({ access, given, name }: FunctionRun, revisionId: string) {
  const activities = mutating(`change the code of ${name}`);
  const request = { ...access, revisionId };
  if (!('package' in given)) {
    return activities.restoreCode({ ...request, fromVersion: given.plan.version });
  }
  return activities.updateCode({
    ...request,
    package: given.package,
    ...codeSettings(given.plan.settings),
  });
}

/** Publishes `$LATEST` as it is known; anything else is not published. */
async function publish(run: FunctionRun, what: string, description: string): Promise<VersionState> {
  const from = known(run);
  const published = await write<FunctionState, Published>({
    run,
    resource: 'latest',
    from,
    send: (revisionId) =>
      mutating(`publish ${what} of ${run.name}`).publishVersion({
        ...run.access,
        revisionId,
        codeSha256: from.codeSha256,
        description,
      }),
    expected: asKnown(run, from),
    foreign: foreignContent(run, from),
  });
  const { version, ...latest } = published;
  run.latest = latest;
  return version;
}

function known(run: FunctionRun): FunctionState {
  if (run.latest === undefined) throw new Error(`${run.name} was not inspected`);
  return run.latest;
}

function changesOf(run: FunctionRun): Changes {
  return run.inspection.latest ?? { code: false, settings: [] };
}
