import { isGrpcServiceError } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { SluiceError } from '../settings/sluiceError.js';
import { namespaceNotFound, type TemporalSettings, unreachable } from '../settings/temporal.js';

/** gRPC status codes that say something about the connection, as a reason in a sentence. */
const CONNECTION_PROBLEMS: Readonly<Record<number, string>> = {
  4: 'no answer in time',
  7: 'it does not permit this (permission denied)',
  14: 'the connection failed',
  16: 'it does not accept the credentials (unauthenticated)',
};

/** How long one request may take, its repetitions included, in milliseconds. */
const REQUEST_TIMEOUT_MS = 5000;

interface Deadlined {
  withDeadline<R>(deadline: number, run: () => Promise<R>): Promise<R>;
}

/**
 * Asks Temporal, for a limited time.
 *
 * @throws SluiceError `unreachable` or `namespaceNotFound` where that is the reason, and else what
 *   the SDK throws
 */
export async function ask<Answer>(
  settings: TemporalSettings,
  client: Deadlined,
  question: () => Promise<Answer>,
  timeoutMs = REQUEST_TIMEOUT_MS,
): Promise<Answer> {
  try {
    return await client.withDeadline(Date.now() + timeoutMs, question);
  } catch (error) {
    throw translate(settings, error);
  }
}

/** An error of the SDK in Sluice's words; errors that say nothing about the connection stay. */
export function translate(settings: TemporalSettings, error: unknown): Error {
  if (error instanceof SluiceError) return error;
  if (error instanceof NamespaceNotFoundError) return namespaceNotFound(settings, error);
  const code = grpcCode(error);
  const reason = code === undefined ? undefined : CONNECTION_PROBLEMS[code];
  if (reason !== undefined) return unreachable(settings, reason, error);
  return error instanceof Error ? error : new Error(String(error));
}

function grpcCode(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof Error && isGrpcServiceError(error.cause) ? error.cause.code : undefined;
}
