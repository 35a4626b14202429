import type { DeploymentFacts, Sluice } from '../client.js';
import { deploymentWords } from '../domain/commands.js';
import { printable } from '../domain/printable.js';
import type { Queued } from '../domain/queue.js';
import { isNotFound, SluiceError } from '../errors.js';

/** How a person says which deployment they mean. */
export interface Which {
  /** The application. */
  name?: string | undefined;
  /** The deployment id. */
  id?: string | undefined;
}

/** A run; of an application's newest nothing more need be known. */
export interface Meant {
  application: string;
  runId?: string;
}

/**
 * The deployment that is named: with an id, or the newest of an application.
 *
 * @returns undefined when nothing is named
 * @throws SluiceError `notFound`, or `notAccepted` when it waits for its turn
 */
export async function named(sluice: Sluice, { name, id }: Which): Promise<Meant | undefined> {
  if (id === undefined) return name === undefined ? undefined : { application: name };
  try {
    return await sluice.find(id, name);
  } catch (error) {
    const waiting = isNotFound(error) ? await namedWaiting(sluice, { name, id }) : undefined;
    throw waiting === undefined ? error : hasNotBegun(waiting);
  }
}

function hasNotBegun(waiting: MeantWaiting): SluiceError {
  const { application, deploymentId } = waiting;
  return new SluiceError(
    'notAccepted',
    `Deployment ${deploymentId} of "${application}" waits for its turn and has not begun. To take it ` +
      `out of the queue: \`sluice deploy cancel ${deploymentWords(waiting)}\`.`,
  );
}

/**
 * The deployment that is meant: the one that is named, or the only one that runs.
 *
 * @param command - such as `deploy approve`, for the message when there are several
 * @throws SluiceError `ambiguous` with the command for each, or `notFound`
 */
export async function namedOrOnly(sluice: Sluice, which: Which, command: string): Promise<Meant> {
  const found = await named(sluice, which);
  if (found !== undefined) return found;
  const running = await someRunning(sluice);
  const [only, ...others] = running;
  if (others.length === 0) return only;
  const commands = running.map((one) => printable(`sluice ${command} ${deploymentWords(one)}`));
  throw new SluiceError(
    'ambiguous',
    ['Several deployments run. Name the one you mean:', ...commands.map(indented)].join('\n'),
  );
}

function indented(line: string): string {
  return `  ${line}`;
}

/**
 * The only deployment that runs; undefined when there are several.
 *
 * @throws SluiceError `notFound` when there is none
 */
export async function onlyRunning(sluice: Sluice): Promise<Meant | undefined> {
  const [only, ...others] = await someRunning(sluice);
  return others.length === 0 ? only : undefined;
}

async function someRunning(sluice: Sluice): Promise<[DeploymentFacts, ...DeploymentFacts[]]> {
  const [first, ...others] = await allRunning(sluice);
  if (first === undefined) throw new SluiceError('notFound', nothingRuns(sluice));
  return [first, ...others];
}

/** A deployment that waits for its turn. */
export interface MeantWaiting extends Queued {
  application: string;
}

/** The deployment with an id, if it is one that waits for its turn. */
export async function namedWaiting(
  sluice: Sluice,
  { name, id }: Which,
): Promise<MeantWaiting | undefined> {
  if (id === undefined) return undefined;
  if (name !== undefined) {
    const waiting = await sluice.waiting(name);
    return waiting?.deploymentId === id ? { application: name, ...waiting } : undefined;
  }
  for await (const { application, waiting } of sluice.queued()) {
    if (waiting.deploymentId === id) return { application, ...waiting };
  }
  return undefined;
}

export async function allRunning(sluice: Sluice): Promise<DeploymentFacts[]> {
  const running: DeploymentFacts[] = [];
  for await (const facts of sluice.running()) running.push(facts);
  return running;
}

export function nothingRuns({ namespace, address }: Sluice): string {
  return `No deployment runs in namespace ${namespace} at ${address}.`;
}

/** The run as the client's methods take it. */
export function runOf({ runId }: Meant): { runId?: string } {
  return runId === undefined ? {} : { runId };
}
