import { NativeConnection } from '@temporalio/worker';
import { messageOf } from '../errors.js';
import { NO_SUCH_NAME, type TemporalSettings, unreachable } from '../settings/temporal.js';

/**
 * Connects a worker to Temporal.
 *
 * @throws SluiceError `unreachable`
 */
export async function connectWorker(settings: TemporalSettings): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(settings.connection);
  } catch (cause) {
    throw unreachable(settings, reasonOf(messageOf(cause)), cause);
  }
}

/** The SDK's message nests the reason in the debugging output of several Rust types. */
function reasonOf(message: string): string {
  if (message.includes('dns error')) return NO_SUCH_NAME;
  const nested = /(?:message|error): "((?:[^"\\]|\\.)*)/.exec(message)?.[1];
  if (nested !== undefined) return nested.toLowerCase();
  if (message.includes('InvalidMessage')) return 'it does not speak TLS';
  return message;
}
