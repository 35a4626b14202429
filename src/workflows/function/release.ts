import type { PublishInput, Published } from '../../activities/publish.js';
import type { MutationResult } from '../../activities/results.js';
import { defined } from '../../domain/defined.js';
import {
  nothingChanges,
  type Changes,
  type FunctionState,
  type VersionState,
} from '../../domain/functions.js';
import { markText, readMark } from '../../domain/marks.js';
import { settingsToWrite, writesCode } from '../../domain/release.js';
import type { MutationRequest } from '../sources/source.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { mutating } from '../temporal/activities.js';
import { FailureError } from '../temporal/failure.js';
import { asKnown, foreignContent, gone } from './foreign.js';
import { waitUntilMade, waitUntilReady } from './ready.js';
import { pin } from './traffic.js';
import { notingCreation } from './unanswered.js';
import { changeWide } from './wide.js';
import { write } from './write.js';

/**
 * Makes a function's code and settings what the plan says, and publishes a version of them. What
 * was there before is published first, so that it can be restored, and an alias that serves
 * `$LATEST` is pointed at that version before anything changes. A version that an alias is to serve
 * again, or that only its provisioned concurrency is missing to, is there already. The function
 * counts as released when AWS can invoke the version.
 */
export async function release(target: TargetState, fn: FunctionLedger): Promise<void> {
  const isNew = fn.snapshot.latest === undefined;
  if (isNew) await create(fn);
  else if (fn.keptVersion === undefined) await change(target, fn);
  const version = await versionOf(fn);
  await waitUntilReady(target, fn, version);
  fn.version = version.version;
  if (!isNew) await changeWide(fn);
  if (fn.aliasName === undefined) fn.weight = fn.wantedWeight = 100;
}

async function change(target: TargetState, fn: FunctionLedger): Promise<void> {
  const writes = changesLatest(fn);
  if (writes || fn.needsPinning) await publishBaseline(target, fn);
  if (fn.needsPinning) await pin(fn);
  if (!writes) return;
  await changeSettings(fn);
  await changeCode(fn);
}

/** The version to serve: one that is there already, or a new one. */
async function versionOf(fn: FunctionLedger): Promise<Pick<VersionState, 'version' | 'unready'>> {
  const {
    keptVersion,
    source: { publishedVersion, isFilledIn },
    inspection: { unready },
  } = fn;
  if (publishedVersion !== undefined) return { version: publishedVersion, ...defined({ unready }) };
  // It serves already, so nothing of it is waited for.
  if (keptVersion !== undefined) return { version: keptVersion };
  const isWanted = isFilledIn ? ({ isWanted: true } as const) : {};
  return publish(fn, 'the new version', markOf(fn), isWanted);
}

function markOf({ source: { packageUri }, access: { deploymentId } }: FunctionLedger): string {
  return markText({ deploymentId, ...defined({ packageUri }) });
}

/** Whether anything is written to `$LATEST`: a version that is there already needs nothing of it. */
function changesLatest({ source, inspection: { latest } }: FunctionLedger): boolean {
  return source.publishedVersion === undefined && latest !== undefined && !nothingChanges(latest);
}

async function create(fn: FunctionLedger): Promise<void> {
  const { create: make } = fn.source;
  if (make === undefined) throw new FailureError(gone(fn));
  fn.touched.created = true;
  fn.latest = await notingCreation(fn, () => make(fn.access));
  assertPinned(fn);
  await changeWide(fn);
}

/** The bytes that were written are those of the start, or the deployment ends and goes back. */
function assertPinned(fn: FunctionLedger): void {
  const failure = fn.source.overwritten(fn.latest?.codeSha256, fn.access, fn.inspection);
  if (failure !== undefined) throw new FailureError(failure);
}

async function publishBaseline(target: TargetState, fn: FunctionLedger): Promise<void> {
  const description = markText({ deploymentId: fn.access.deploymentId });
  const baseline = await publish(fn, 'the version to go back to', description);
  await waitUntilMade(target, fn, baseline);
  fn.baseline = baseline.version;
  const packages = [baseline, fn.snapshot.served]
    .filter((version) => version?.codeSha256 === baseline.codeSha256)
    .map((version) => readMark(version?.description)?.packageUri);
  const known = [...packages, fn.recordedPackage, baseline.imageUri];
  fn.baselinePackage = known.find((uri) => uri !== undefined);
}

async function changeSettings(fn: FunctionLedger): Promise<void> {
  const names = settingsToWrite(changesOf(fn));
  if (names.length === 0) return;
  fn.touched.settings = names;
  fn.latest = await writeLatest(fn, (request) => fn.source.sendSettings(request, names));
}

async function changeCode(fn: FunctionLedger): Promise<void> {
  if (!writesCode(changesOf(fn))) return;
  fn.touched.code = true;
  const timeoutMs = fn.source.codeTimeoutMs(fn.inspection);
  fn.latest = await writeLatest(fn, (request) => fn.source.sendCode(request), timeoutMs);
  fn.writtenCode = fn.latest.codeSha256;
  assertPinned(fn);
}

/** Publishes `$LATEST` as it is known; anything else is not published. */
async function publish(
  fn: FunctionLedger,
  what: string,
  description: string,
  more: Pick<PublishInput, 'isWanted'> = {},
): Promise<VersionState> {
  const { codeSha256 } = known(fn);
  const { version, ...latest } = await writeLatest<Published>(fn, (request) =>
    mutating(`publish ${what} of ${fn.name}`).publishVersion({
      ...request,
      codeSha256,
      description,
      ...more,
    }),
  );
  fn.latest = latest;
  return version;
}

/** Changes `$LATEST`, as long as it is what the deployment knows. */
function writeLatest<Answer extends FunctionState = FunctionState>(
  fn: FunctionLedger,
  send: (request: MutationRequest) => Promise<MutationResult<FunctionState | Answer>>,
  timeoutMs?: number,
): Promise<Answer> {
  const from = known(fn);
  return write<FunctionState, Answer>({
    fn,
    resource: 'latest',
    from,
    send: (revisionId) => send({ ...fn.access, revisionId }),
    ...defined({ timeoutMs }),
    expected: asKnown(fn, from),
    foreign: foreignContent(fn, from),
  });
}

function known(fn: FunctionLedger): FunctionState {
  if (fn.latest === undefined) throw new Error(`${fn.name} was not inspected`);
  return fn.latest;
}

function changesOf(fn: FunctionLedger): Changes {
  return fn.inspection.latest ?? { code: false, settings: [] };
}
