import {
  defaultPayloadConverter,
  rawValueTypeInfo,
  type PayloadTypeInfo,
  type RawValue,
  type TypeInfo,
} from '@temporalio/common';
import { readRequest, unreadable, type OperatorRequest } from '../../domain/requests.js';
import type { Verb } from '../../domain/verbs.js';

/**
 * Type information that keeps every argument as it came over the wire. A payload that cannot be
 * decoded (broken JSON, an unknown encoding) would otherwise block the workflow for ever, before
 * its handler runs. The SDK asks for the type of every argument that was sent, also of those that
 * nobody expects, hence the proxy.
 */
const everyIndexRaw = new Proxy<TypeInfo[]>([], {
  get: (array, key): unknown =>
    typeof key === 'string' && /^\d+$/.test(key) ? rawValueTypeInfo : Reflect.get(array, key),
});

export const RAW_INPUT: Pick<PayloadTypeInfo, 'inputTypes'> = { inputTypes: everyIndexRaw };

/** What was sent, or undefined when nothing was, or nothing that can be decoded. */
export function decodeRaw(value: RawValue | undefined): unknown {
  return decode(value)?.decoded;
}

/** What a message asks for, whatever came over the wire. Only its first input counts. */
export function requestOf(verb: Verb, [first]: readonly RawValue[]): OperatorRequest {
  const found = decode(first);
  return found === undefined ? unreadable(verb) : readRequest(verb, found.decoded);
}

/** @returns undefined when it cannot be decoded */
function decode(value: RawValue | undefined): { decoded: unknown } | undefined {
  if (value === undefined) return { decoded: undefined };
  try {
    return { decoded: defaultPayloadConverter.fromPayload(value.payload) };
  } catch {
    return undefined;
  }
}
