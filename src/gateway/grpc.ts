import { isGrpcServiceError } from '@temporalio/client';

const NOT_FOUND = 5;

/** Whether Temporal has answered that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return isGrpcServiceError(error) && Number(error.code) === NOT_FOUND;
}
