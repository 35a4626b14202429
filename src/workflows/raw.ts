import {
  defaultPayloadConverter,
  rawValueTypeInfo,
  type PayloadTypeInfo,
  type RawValue,
  type TypeInfo,
} from '@temporalio/common';

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
  if (value === undefined) return undefined;
  try {
    return defaultPayloadConverter.fromPayload(value.payload);
  } catch {
    return undefined;
  }
}
