// eslint-disable-next-line no-restricted-imports -- of the address of Temporal, once it did not answer
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import { defined } from '../domain/defined.js';
import { messageOf } from '../errors.js';
import { NO_SUCH_NAME, type TemporalSettings, unreachable } from '../settings/temporal.js';
import { translate } from './requests.js';

/** How long a first answer may take, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5000;

/** How long a lost connection is left alone before it is tried again, in milliseconds. */
const LONGEST_BACKOFF_MS = 1000;

/**
 * Connects to Temporal.
 *
 * @throws SluiceError `unreachable`
 */
export async function connectClient(settings: TemporalSettings): Promise<Client> {
  await lookOnLoopback(settings);
  const connection = Connection.lazy(connectionOptions(settings));
  try {
    await connection.ensureConnected();
  } catch (error) {
    await connection.close();
    throw await connectFailure(settings, error);
  }
  return new Client({ connection, namespace: settings.namespace });
}

/**
 * A client that connects when it is first asked something, and again whenever that is needed: for a
 * process that must not depend on Temporal being there.
 */
export function lazyClient(settings: TemporalSettings): Client {
  const connection = Connection.lazy({
    ...connectionOptions(settings),
    channelArgs: { 'grpc.max_reconnect_backoff_ms': LONGEST_BACKOFF_MS },
  });
  return new Client({ connection, namespace: settings.namespace });
}

function connectionOptions({ connection }: TemporalSettings): ConnectionOptions {
  const { address, apiKey, tls, metadata } = connection;
  return {
    address,
    connectTimeout: CONNECT_TIMEOUT_MS,
    interceptors: [], // No repetitions: see requests.ts.
    ...defined({ apiKey, tls, metadata }),
  };
}

async function connectFailure(settings: TemporalSettings, error: unknown): Promise<Error> {
  const translated = translate(settings, error);
  if (translated !== error) return translated;
  const known = await isKnownName(hostOf(settings.address));
  const silence = `no answer of a Temporal server within ${CONNECT_TIMEOUT_MS / 1000} s`;
  return unreachable(settings, known ? silence : NO_SUCH_NAME, error);
}

/** `localhost` of `localhost:7233`, and `::1` of `[::1]:7233`. */
function hostOf(address: string): string {
  return address.replace(/:\d+$/, '').replace(/[[\]]/g, '');
}

/** Asked only when there was no answer: with a proxy, a name need not be known on this machine. */
async function isKnownName(host: string): Promise<boolean> {
  return lookup(host).then(
    () => true,
    () => false,
  );
}

/**
 * gRPC tries again until its time is up, even where nothing listens. On this machine that is known
 * at once.
 */
async function lookOnLoopback(settings: TemporalSettings): Promise<void> {
  const [, port] = /^(?:localhost|127\.0\.0\.1|\[::1\]):(\d+)$/.exec(settings.address) ?? [];
  if (port === undefined) return;
  const socket = connect(Number(port), hostOf(settings.address));
  socket.setTimeout(CONNECT_TIMEOUT_MS, () => socket.destroy());
  socket.once('connect', () => socket.destroy());
  try {
    await once(socket, 'close');
  } catch (cause) {
    const refused = (cause as NodeJS.ErrnoException).code === 'ECONNREFUSED';
    throw unreachable(settings, refused ? 'connection refused' : messageOf(cause), cause);
  }
}
