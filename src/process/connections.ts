import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How many connections a server takes, and from whom. */
export interface ConnectionLimits {
  /** At the same time. */
  total: number;
  /** Of one client, at the same time. */
  perClient: number;
}

/** For what hardly anybody asks, such as metrics and the health of a worker. */
export const FEW_CONNECTIONS: ConnectionLimits = { total: 100, perClient: 20 };

export interface ConnectionWatch {
  /**
   * Whom an address counts as.
   *
   * @default itself
   */
  clientOf?: (address: string) => string;
  /** Whether many clients are behind an address, so that it may have more than one of them. */
  standsForMany?: (address: string) => boolean;
  /** Told when a connection is closed to make room: for others of its client, or for others. */
  closed?: (full: keyof ConnectionLimits) => void;
}

/**
 * Has the clients of a server share its connections. Where there is no room for a new one, the one is
 * closed on which nothing has been asked for the longest time: one of the same client when that has
 * its share, else one of the client that has most. Only where something is asked on all of them it is
 * the new one.
 *
 * @returns how many are open
 */
export function shareConnections(
  server: Server,
  { total, perClient }: ConnectionLimits,
  { clientOf = (address) => address, standsForMany = () => false, closed }: ConnectionWatch = {},
): () => number {
  const shares = new Map<string, Share>();
  const connections = new Map<Socket, Connection>();

  const joined = (socket: Socket): Share => {
    const address = socket.remoteAddress ?? '';
    const client = clientOf(address);
    const share = shares.get(client) ?? new Share(client, standsForMany(address));
    shares.set(client, share);
    share.all.add(socket);
    share.idle.add(socket);
    connections.set(socket, { share, asked: 0 });
    return share;
  };
  const left = (socket: Socket): void => {
    const share = connections.get(socket)?.share;
    connections.delete(socket);
    share?.all.delete(socket);
    share?.idle.delete(socket);
    if (share?.all.size === 0) shares.delete(share.client);
  };
  const close = ({ idle: [longest] }: Share, full: keyof ConnectionLimits): void => {
    if (longest === undefined) return;
    left(longest);
    longest.destroy();
    closed?.(full);
  };

  server.on('connection', (socket: Socket) => {
    const share = joined(socket);
    socket.once('close', () => left(socket));
    if (share.all.size > perClient && !share.standsForMany) close(share, 'perClient');
    else if (connections.size > total) close(largest(shares) ?? share, 'total');
  });
  server.on('request', ({ socket }, response) => {
    const connection = connections.get(socket);
    if (connection === undefined) return;
    connection.asked += 1;
    connection.share.idle.delete(socket);
    response.once('close', () => {
      connection.asked -= 1;
      if (connection.asked === 0 && connections.has(socket)) connection.share.idle.add(socket);
    });
  });
  return () => connections.size;
}

/** The connections of one client. What has been in a set for the longest time comes first. */
class Share {
  readonly all = new Set<Socket>();
  /** Those on which nothing is asked. */
  readonly idle = new Set<Socket>();

  constructor(
    readonly client: string,
    readonly standsForMany: boolean,
  ) {}
}

interface Connection {
  share: Share;
  /** Requests that have not been answered yet. */
  asked: number;
}

/** Of those that have an idle connection; one that stands for many only where there is no other. */
function largest(shares: ReadonlyMap<string, Share>): Share | undefined {
  const withIdle = [...shares.values()].filter(({ idle }) => idle.size > 0);
  const ofOne = withIdle.filter(({ standsForMany }) => !standsForMany);
  return (ofOne.length > 0 ? ofOne : withIdle).reduce<Share | undefined>(
    (most, share) => (share.all.size > (most?.all.size ?? 0) ? share : most),
    undefined,
  );
}
