import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import fc from 'fast-check';

/** What somebody sends along with a signal: a value as a client would send it, or a specimen. */
export type Input = { json: unknown } | { specimen: SpecimenName };

const bytes = (text: string): Uint8Array => Buffer.from(text);
const payload = (encoding: string, data: string, more: Record<string, string> = {}): Payload => ({
  metadata: Object.fromEntries(
    Object.entries({ encoding, ...more }).map(([key, value]) => [key, bytes(value)]),
  ),
  data: bytes(data),
});
const json = (data: string): Payload => payload('json/plain', data);
const nested = (open: string, close: string, depth: number): Payload =>
  json(`${open.repeat(depth)}${close.repeat(depth)}`);

/** Payloads that no reasonable client sends. Each is sent as it stands. */
export const SPECIMENS = {
  'no input': [],
  'broken JSON': [json('{"gate": "a/steps')],
  'no data': [json('')],
  'a payload without anything': [{}],
  'a raw NUL byte': [json('"a\u0000b"')],
  'an escaped NUL byte': [json(String.raw`{"by": "a\u0000b", "comment": "\u0000"}`)],
  'half a character': [json(String.raw`{"by": "\ud800", "gate": "\udfff"}`)],
  'bytes that are no UTF-8': [{ ...json(''), data: Uint8Array.from([0x22, 0xff, 0xfe, 0x22]) }],
  'an unknown encoding': [payload('binary/of-tomorrow', 'x')],
  'an encrypted payload': [payload('binary/encrypted', 'x')],
  'no encoding': [{ metadata: {}, data: bytes('"approved"') }],
  'an encoding that is no UTF-8': [
    { metadata: { encoding: Uint8Array.from([0xff]) }, data: bytes('1') },
  ],
  protobuf: [payload('binary/protobuf', '\u0001', { messageType: 'a.B' })],
  'protobuf as JSON': [payload('json/protobuf', '{"a": 1}', { messageType: 'a.B' })],
  bytes: [payload('binary/plain', 'approve')],
  null: [payload('binary/null', '')],
  'a broken second argument': [json('{}'), json('{')],
  'a hundred arguments': Array.from({ length: 100 }, (_, index) => json(String(index))),
  'a list in a list, and so on': [nested('[', ']', 100_000)],
  'an object in an object, and so on': [nested('{"gate":', '}', 50_000)],
  'lists that never end': [json('['.repeat(100_000))],
  'a very long text': [json(JSON.stringify('x/'.repeat(200_000)))],
  'a very long name': [json(JSON.stringify({ by: 'x'.repeat(300_000), gate: 'y'.repeat(300) }))],
  'names of what every object has': [
    json('{"__proto__": {"gate": 5}, "constructor": 1, "toString": null}'),
  ],
  'fields of other types': [json('{"gate": ["a"], "by": {}, "target": 5, "comment": [1]}')],
  'a number beyond all numbers': [json('1e999')],
  'gates of a strange kind': [gates({ kind: 'wish' })],
  'gates with strange roles': [gates({ roles: 'everybody' })],
  'gates with roles that are numbers': [gates({ roles: [1, null] })],
  'gates that are not open': [gates({ id: 'nowhere/steps/1', deadline: 5 })],
} satisfies Record<string, Payload[]>;

/** As if a target had told its deployment where it waits. */
function gates(changes: object): Payload {
  const gate = { id: 'a/steps/1', kind: 'approval', openedAt: 'yesterday', ...changes };
  return json(JSON.stringify({ target: 'a', gates: [gate, null].slice(0, 1) }));
}

export type SpecimenName = keyof typeof SPECIMENS;

export const specimens: fc.Arbitrary<Input> = fc
  .constantFrom(...(Object.keys(SPECIMENS) as SpecimenName[]))
  .map((specimen) => ({ specimen }));

export function payloadsOf(input: Input): Payload[] {
  if ('specimen' in input) return SPECIMENS[input.specimen];
  return [defaultPayloadConverter.toPayload(input.json)];
}
