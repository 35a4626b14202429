import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError, isRetryableError } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { quoted } from '../config/quoted.js';
import { SluiceError } from '../errors.js';
import { namespaceNotFound, type TemporalSettings, unreachable } from '../settings/temporal.js';
import type { Link } from './link.js';

/** gRPC status codes that say something about the connection, as a reason in a sentence. */
const CONNECTION_PROBLEMS: Readonly<Record<number, string>> = {
  4: 'no answer in time',
  7: 'it does not permit this (permission denied)',
  14: 'the connection failed',
  16: 'it does not accept the credentials (unauthenticated)',
};

/**
 * gRPC status codes of a server that has understood the request: invalid argument, not found,
 * already exists, failed precondition, out of range. With the rest something stands between, such
 * as a server that stops or that is not Temporal.
 */
const ANSWERS: readonly number[] = [3, 5, 6, 9, 11];

/** How long an answer may take, in milliseconds, however often it has to be asked for. */
const PATIENCE_MS = 5000;

/** How long to wait before asking again, in milliseconds: at first, and at most. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1000;

/**
 * Asks Temporal, again where that can help, for a limited time. The connection does not do so by
 * itself: its repetitions cannot be stopped, and outlive it.
 *
 * @throws SluiceError `unreachable` or `namespaceNotFound` where that is the reason, and else what
 *   the SDK throws
 */
export async function ask<Answer>(
  { client, settings }: Link,
  question: () => Promise<Answer>,
  patienceMs = PATIENCE_MS,
): Promise<Answer> {
  const deadline = Date.now() + patienceMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await client.withDeadline(deadline, question);
    } catch (error) {
      const again = isPassing(error) && Date.now() + pause < deadline;
      if (!again) throw translate(settings, error);
    }
    await sleep(pause);
  }
}

function isPassing(error: unknown): boolean {
  const failure = grpcError(error);
  return failure !== undefined && isRetryableError(failure);
}

/** An error of the SDK in Sluice's words; errors that say nothing about the connection stay. */
export function translate(settings: TemporalSettings, error: unknown): Error {
  if (error instanceof SluiceError) return error;
  if (error instanceof NamespaceNotFoundError) return namespaceNotFound(settings, error);
  const failure = grpcError(error);
  if (failure !== undefined && !ANSWERS.includes(failure.code)) {
    return unreachable(settings, CONNECTION_PROBLEMS[failure.code] ?? oddAnswer(failure), error);
  }
  return error instanceof Error ? error : new Error(String(error));
}

function oddAnswer({ code, details }: { code: number; details: string }): string {
  return `it does not answer as Temporal does (gRPC status ${code}: ${quoted(details)})`;
}

function grpcError(error: unknown) {
  if (isGrpcServiceError(error)) return error;
  return error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : undefined;
}
