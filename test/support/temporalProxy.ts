import { once } from 'node:events';
import {
  connect,
  constants,
  createServer,
  type ClientHttp2Session,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { LOOPBACK } from '../../src/local/ports.js';

/** A call to Temporal. */
export interface CallToTemporal {
  /** Such as `RespondActivityTaskCompleted`. */
  method: string;
  /** Texts that are somewhere in its request. */
  says: readonly string[];
}

/** Whether a call is lost on its way, or its answer on the way back. */
export type Loss = 'the call' | 'the answer';

/** A call that nobody will hear an answer to. */
export interface LostCall {
  /** Breaks the connection on which it came. Until then it seems to take long. */
  breakOff(): void;
}

interface Rule {
  call: CallToTemporal;
  loss: Loss;
  lost: (call: LostCall) => void;
}

interface Answer {
  headers: IncomingHttpHeaders;
  body: Buffer;
  trailers: IncomingHttpHeaders;
}

/** Stands between Temporal and whoever calls it, and loses a call or its answer. */
export class TemporalProxy {
  readonly #rules: Rule[] = [];
  readonly #sessions = new Set<ServerHttp2Session>();

  private constructor(
    private readonly upstream: string,
    private readonly server: Http2Server,
  ) {}

  /** @param upstream - host:port */
  static async start(upstream: string): Promise<TemporalProxy> {
    const server = createServer();
    const proxy = new TemporalProxy(upstream, server);
    server.on('session', (session) => proxy.#accept(session));
    server.listen(0, LOOPBACK);
    await once(server, 'listening');
    return proxy;
  }

  /** host:port */
  get address(): string {
    return `${LOOPBACK}:${(this.server.address() as AddressInfo).port}`;
  }

  /**
   * Loses the next such call, or its answer.
   *
   * @returns when it has been lost
   */
  lose(loss: Loss, call: CallToTemporal): Promise<LostCall> {
    return new Promise((lost) => this.#rules.push({ call, loss, lost }));
  }

  async stop(): Promise<void> {
    this.#sessions.forEach((session) => session.destroy());
    this.server.close();
    await once(this.server, 'close');
  }

  #accept(session: ServerHttp2Session): void {
    const temporal = connect(`http://${this.upstream}`);
    this.#sessions.add(session);
    session.once('close', () => {
      this.#sessions.delete(session);
      temporal.destroy();
    });
    temporal.once('close', () => session.destroy());
    // Each is followed by the connection's end.
    for (const one of [session, temporal]) one.on('error', () => undefined);
    session.on('stream', (stream, headers) => {
      stream.on('error', () => undefined);
      this.#handle(stream, headers, temporal).catch(() => stream.close());
    });
  }

  async #handle(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    temporal: ClientHttp2Session,
  ): Promise<void> {
    const body = await bytesOf(stream);
    const rule = this.#take(headers, body);
    const tell = () => rule?.lost({ breakOff: () => stream.session?.destroy() });
    if (rule?.loss === 'the call') return tell();
    const answer = await ask(temporal, stream, headers, body);
    if (rule !== undefined) return tell();
    passOn(stream, answer);
  }

  #take(headers: IncomingHttpHeaders, body: Buffer): Rule | undefined {
    if (this.#rules.length === 0) return undefined;
    const method = headers[':path']?.split('/').at(-1);
    const message = messageOf(body);
    const index = this.#rules.findIndex(
      ({ call }) => call.method === method && call.says.every((text) => message.includes(text)),
    );
    return index === -1 ? undefined : this.#rules.splice(index, 1)[0];
  }
}

/** Passes a call on, and gives it up when it is given up. */
async function ask(
  temporal: ClientHttp2Session,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<Answer> {
  const call = temporal.request(headers);
  stream.once('close', () => call.close(constants.NGHTTP2_CANCEL));
  let trailers: IncomingHttpHeaders = {};
  call.on('trailers', (given: IncomingHttpHeaders) => (trailers = given));
  const answered = once(call, 'response') as Promise<[IncomingHttpHeaders]>;
  call.end(body);
  const [answerHeaders] = await answered;
  return { headers: answerHeaders, body: await bytesOf(call), trailers };
}

/** An error has no message, and what would be its trailers are its headers. */
function passOn(stream: ServerHttp2Stream, { headers, body, trailers }: Answer): void {
  const endStream = Object.keys(trailers).length === 0;
  stream.respond(headers, { endStream, waitForTrailers: !endStream });
  if (endStream) return;
  stream.once('wantTrailers', () => stream.sendTrailers(trailers));
  stream.end(body);
}

const PREFIX_BYTES = 5;

/** The message of a gRPC request: a byte says whether it is compressed, and four how long it is. */
function messageOf(body: Buffer): Buffer {
  const message = body.subarray(PREFIX_BYTES);
  return body[0] === 1 ? gunzipSync(message) : message;
}

async function bytesOf(stream: Duplex): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
