import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Addresses by name. A name that is not there does not exist; for `silent` there is no answer. */
export type Names = Readonly<Record<string, string[] | 'silent'>>;

const [IPV4, IPV6] = [1, 28];

/** A name server that says what it is told to, and remembers what it was asked. */
export class NameServer {
  readonly asked: string[] = [];

  private constructor(
    private readonly socket: Socket,
    private readonly names: Names,
  ) {
    socket.on('message', (query, { port, address }) => {
      const answer = this.#answerTo(query);
      if (answer !== undefined) socket.send(answer, port, address);
    });
  }

  static async start(names: Names): Promise<NameServer> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new NameServer(socket, names);
  }

  /** `address:port` */
  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  stop(): void {
    this.socket.close();
  }

  /** Source: RFC 1035, section 4. */
  #answerTo(query: Buffer): Buffer | undefined {
    const { name, end } = nameIn(query);
    const type = query.readUInt16BE(end);
    if (type === IPV4) this.asked.push(name);
    const known = this.names[name];
    if (known === 'silent') return undefined;
    const records = (known ?? []).filter((one) => one.includes(':') === (type === IPV6));
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(known === undefined ? 0x8183 : 0x8180, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(records.length, 6);
    return Buffer.concat([head, query.subarray(12, end + 4), ...records.map(recordOf)]);
  }
}

function nameIn(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

/** It points at the name in the question, and is good for no time. */
function recordOf(address: string): Buffer {
  const isIpv6 = address.includes(':');
  const bytes = isIpv6
    ? address
        .split(':')
        .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff])
    : address.split('.').map(Number);
  const record = Buffer.from([
    0xc0,
    12,
    0,
    isIpv6 ? IPV6 : IPV4,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    bytes.length,
  ]);
  return Buffer.concat([record, Buffer.from(bytes)]);
}
