import { METHODS } from 'node:http';
import fc from 'fast-check';
import { hostileTokens } from './hostileTokens.js';

/** What is written to a gateway's socket. */
export interface HostileRequest {
  bytes: Buffer;
  /** A gateway may wait for more, so the client says that nothing more comes, or hangs up. */
  end?: 'said' | 'hungUp';
}

const GOOD_BODY = '{"success": true, "mdMessage": "This must not arrive."}';
const JSON_TYPE = 'Content-Type: application/json';

function request(first: string, headers: readonly string[], body: string | Buffer = ''): Buffer {
  const lines = [first, 'Host: sluice.example.com', 'Connection: close', ...headers];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

function post(path: string, body: string | Buffer, ...headers: string[]): HostileRequest {
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  return { bytes: request(`POST ${path} HTTP/1.1`, [length, ...headers], body) };
}

/**
 * Requests none of which may have any effect.
 *
 * @param good - a token that would be accepted, with a request that is a callback
 */
export function hostileRequests(good: string): fc.Arbitrary<HostileRequest> {
  const path = `/callbacks/${good}/callback`;
  return fc.oneof(
    { weight: 5, arbitrary: withHostileTokens(good) },
    { weight: 4, arbitrary: withHostileBodies(path) },
    { weight: 2, arbitrary: withOtherMethods(path) },
    { weight: 2, arbitrary: withOtherPaths(good) },
    { weight: 3, arbitrary: withHostileHeads(path) },
    { weight: 2, arbitrary: ofBytes(path) },
  );
}

function withHostileTokens(good: string): fc.Arbitrary<HostileRequest> {
  return hostileTokens(good).map((token) =>
    post(`/callbacks/${token}/callback`, GOOD_BODY, JSON_TYPE),
  );
}

function withHostileBodies(path: string): fc.Arbitrary<HostileRequest> {
  const unclear = fc.oneof(
    fc.constantFrom('', ' ', 'null', 'true', '[]', '{}', '{"success"}', "{'success': true}"),
    fc.constantFrom(
      '{"success": "true"}',
      '{"success": 1}',
      '{"success": null}',
      '{"Success": true}',
    ),
    fc.constantFrom(
      '{"success": true, "success": true}',
      '{"success": true, "succes\\u0073": false}',
    ),
    fc.constantFrom('{"__proto__": {"success": true}}', '{"constructor": {"success": true}}'),
    fc.constantFrom('{"success": true, "mdMessage": {}}', '{"success": true, "mdMessage": 1}'),
    fc.nat(30_000).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
    fc.nat(9000).map((depth) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)),
    fc.nat(GOOD_BODY.length - 1).map((length) => GOOD_BODY.slice(0, length)),
    fc.json().filter((text) => !text.includes('"success"')),
    fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
  );
  const tooLarge = fc
    .integer({ min: 65_536, max: 200_000 })
    .map((length) => JSON.stringify({ success: true, mdMessage: 'x'.repeat(length) }));
  const otherType = fc.constantFrom(
    ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'],
    ...['application/jsonp', 'json', '*/*', ';', 'application/json/json', 'text/json, text/html'],
  );
  return fc.oneof(
    unclear.map((body) => post(path, body, JSON_TYPE)),
    tooLarge.map((body) => post(path, body, JSON_TYPE)),
    otherType.map((type) => post(path, GOOD_BODY, `Content-Type: ${type}`)),
  );
}

function withOtherMethods(path: string): fc.Arbitrary<HostileRequest> {
  const others = METHODS.filter((method) => method !== 'POST' && method !== 'CONNECT');
  return fc
    .constantFrom(...others, 'post', 'Post', 'POSTS', 'DEPLOY')
    .map((method) => ({ bytes: request(`${method} ${path} HTTP/1.1`, [JSON_TYPE], GOOD_BODY) }));
}

function withOtherPaths(good: string): fc.Arbitrary<HostileRequest> {
  const one = `${good}/callback`;
  return fc
    .constantFrom(
      ...['/', '//', '/*', '*', '/callbacks', '/callbacks/', `/callbacks/${good}`],
      ...[`/callbacks//${one}`, `//callbacks/${one}`, `/callbacks/${one}/`, `/callbacks/${one}%00`],
      ...[`/callbacks/../callbacks/${one}`, `/./callbacks/${one}`, `/CALLBACKS/${one}`],
      ...[`/callbacks/${good}%2Fcallback`, `/callbacks/${one}/../callback`, `/callbacks/${one}s`],
      ...[`/x/callbacks/${one}`, `/callbacks/${good};x/callback`, `callbacks/${one}`],
      ...['/healthz/..', '/metrics', '/.env', '/%2e%2e/%2e%2e/etc/passwd', '/%zz', '/%', '/%c0%af'],
    )
    .map((path) => post(path, GOOD_BODY, JSON_TYPE));
}

function withHostileHeads(path: string): fc.Arbitrary<HostileRequest> {
  const line = `POST ${path} HTTP/1.1`;
  const chunked = [JSON_TYPE, 'Transfer-Encoding: chunked'];
  const length = `Content-Length: ${GOOD_BODY.length}`;
  const flood = fc
    .integer({ min: 2000, max: 4000 })
    .map((count) => Array.from({ length: count }, (_, index) => `X-${index}: ${index}`));
  return fc.oneof(
    flood.map((headers) => ({ bytes: request(line, headers, GOOD_BODY) })),
    fc
      .integer({ min: 20_000, max: 60_000 })
      .map((size) => ({ bytes: request(line, [`X: ${'x'.repeat(size)}`], GOOD_BODY) })),
    fc
      .constantFrom('zz\r\n', '-1\r\n', '\r\n', 'ffffffffffffffffff\r\n', '5;\0\r\n')
      .map((body) => ({ bytes: request(line, chunked, body) })),
    fc
      .constantFrom('', '5\r\nabc', '1', '0\r\nx', '37\r\n', `37\r\n${GOOD_BODY}\r\n`)
      .map((body) => ({ bytes: request(line, chunked, body), end: 'hungUp' as const })),
    fc.integer({ min: GOOD_BODY.length + 1, max: 1e12 }).map((promised) => ({
      bytes: request(line, [`Content-Length: ${promised}`, JSON_TYPE], GOOD_BODY),
      end: 'hungUp' as const,
    })),
    fc
      .constantFrom(
        [length, 'Content-Length: 3', JSON_TYPE],
        [length, ...chunked],
        ['Content-Length: -1', JSON_TYPE],
        ['Content-Length: x', JSON_TYPE],
        ['Content-Length: 99999999999999999999', JSON_TYPE],
        [JSON_TYPE, 'Transfer-Encoding: gzip'],
        [length, JSON_TYPE, 'Bad Header: x'],
        [length, JSON_TYPE, 'No colon'],
        [length, JSON_TYPE, 'X: a\0b'],
        [length, JSON_TYPE, 'Expect: nonsense'],
      )
      .map((headers) => ({ bytes: request(line, headers, GOOD_BODY) })),
    fc
      .constantFrom('HTTP/1.2', 'HTTP/9.9', 'HTTP/1.1.1', 'HTCPCP/1.0', 'http/1.1')
      .map((version) => ({ bytes: request(`POST ${path} ${version}`, [length, JSON_TYPE]) })),
    fc.constant({ bytes: Buffer.from(`${line}\r\n${length}\r\n${JSON_TYPE}\r\n\r\n${GOOD_BODY}`) }),
  );
}

function ofBytes(path: string): fc.Arbitrary<HostileRequest> {
  const line = `POST ${path} HTTP/1.1\r\n`;
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 4000 }).map((some) => Buffer.from(some)),
    fc.nat(line.length - 1).map((length) => Buffer.from(line.slice(0, length))),
    fc.constantFrom(
      Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
      Buffer.from('16030100c4010000c003034f', 'hex'),
      Buffer.from('CONNECT sluice.example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n'),
      Buffer.from('\r\n'.repeat(100)),
    ),
  );
  return bytes.map((some) => ({ bytes: some, end: 'said' }));
}
