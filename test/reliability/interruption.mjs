/**
 * Loaded into a worker process before it starts: it interrupts the process, with a signal, at an
 * exact moment of an activity. `SLUICE_TEST_INTERRUPTION` says when:
 *
 * - `activity`: the type of the activity, in which the process is interrupted once
 * - `nth`: how many such moments there are until then, with it: 1 is the first
 * - `moment`: `before the read` (the activity's first request to AWS), `before the request` (that
 *   changes something, after the worker has been confirmed as the current one), `after the request`
 *   (carried out, and nobody has heard the answer) or `at its end` (before Temporal hears of it)
 * - `signal`: SIGKILL or SIGSTOP
 * - `file`: while it says `not yet`, nothing is interrupted. It is written right before, and again
 *   when a process that was stopped has its answer
 */
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import activity from '@temporalio/activity';
import bridge from '@temporalio/core-bridge';

const { SLUICE_TEST_INTERRUPTION = '' } = process.env;
/** @type {{ activity: string, nth: number, moment: string, signal: NodeJS.Signals, file: string }} */
const { activity: wanted, nth, moment, signal, file } = JSON.parse(SLUICE_TEST_INTERRUPTION);
const send = http.request;
let interrupted = false;
let moments = 0;

/**
 * The AWS SDK's HTTP handler calls it in this way only.
 *
 * @param {http.RequestOptions} options
 * @param {(response: http.IncomingMessage) => void} callback
 */
function interruptingRequest(options, callback) {
  const isMeant = !interrupted && isInActivity() && isTheRequest(options) && isTime() && isTurn();
  if (!isMeant) return send(options, callback);
  if (moment !== 'after the request') interrupt();
  const request = send(options, callback);
  if (moment === 'after the request') interruptWhenAnswered(request);
  else request.once('close', answered);
  return request;
}

/**
 * A request whose connection breaks is sent again: then it is that one's turn.
 *
 * @param {http.ClientRequest} request
 */
function interruptWhenAnswered(request) {
  const isBroken = () => (moments -= 1);
  request.once('error', isBroken);
  request.prependOnceListener('response', () => {
    request.off('error', isBroken);
    stopAt(request);
  });
}

http.request = /** @type {typeof http.request} */ (interruptingRequest);
syncBuiltinESMExports();

const { native } = bridge;
const complete = native.workerCompleteActivityTask;

/** @type {typeof complete} */
function interruptingCompletion(worker, completion) {
  // The token of the task names the activity's type.
  const isMeant = moment === 'at its end' && completion.includes(wanted);
  if (isMeant && !interrupted && isTime() && isTurn()) interrupt();
  return complete(worker, completion);
}

native.workerCompleteActivityTask = interruptingCompletion;

/**
 * Two functions may have their answers on the way: the process stops at the first, and must not stop
 * again when it goes on and hears the other.
 *
 * @param {http.ClientRequest} request
 */
function stopAt(request) {
  if (interrupted) return;
  request.once('close', answered);
  interrupt();
}

function answered() {
  writeFileSync(file, 'answered');
}

function isTime() {
  return readFileSync(file, 'utf8') !== 'not yet';
}

function isTurn() {
  moments += 1;
  return moments === nth;
}

function isInActivity() {
  try {
    return activity.Context.current().info.activityType === wanted;
  } catch {
    return false;
  }
}

/**
 * Reading activities have no request that changes something: their first one stands for it.
 *
 * @param {http.RequestOptions} options
 */
function isTheRequest({ method, path }) {
  if (moment === 'at its end') return false;
  const isLambda = /^\/\d{4}-\d\d-\d\d\//.test(path ?? '');
  if (/^(inspectFunction|inspectVersion|readLatest|readBack)$/.test(wanted)) return isLambda;
  if (wanted === 'pinPackages') return true;
  // Its only request that changes something goes to S3.
  if (wanted === 'keepCode') return !isLambda && method === 'PUT';
  return isLambda && (moment === 'before the read') === (method === 'GET');
}

function interrupt() {
  interrupted = true;
  writeFileSync(file, 'interrupted');
  process.kill(process.pid, signal);
}
