import type { Breach } from '../findings.js';
import { quoted } from '../printable.js';
import type { PackageFact } from './facts.js';
import type { Rule } from './rule.js';

const MAX_KEY_BYTES = 1024;

/** Only a path that could not be taken apart has no bucket and no key. */
export const packagePath: Rule = {
  code: 'package-path',
  breaches: ({ packages }) => packages.flatMap(badPath),
};

export const packageKey: Rule = {
  code: 'package-key',
  breaches: ({ packages }) => packages.flatMap(badKey),
};

function badPath({ path, bucket }: PackageFact): Breach[] {
  if (path === undefined || bucket !== undefined) return [];
  const hasKey = !/^s3:\/\/[^/]+\/?$/.test(path.value);
  const message = hasKey
    ? `${quoted(path.value)} is not an S3 path.`
    : `${quoted(path.value)} names a bucket and no key in it.`;
  return [{ place: path.place, message, remedy: 'Write it like s3://bucket/key.zip.' }];
}

function badKey({ key }: PackageFact): Breach[] {
  if (key === undefined) return [];
  const size = Buffer.byteLength(key.value);
  if (size > 0 && size <= MAX_KEY_BYTES) return [];
  const message = `The key in the bucket has ${size} bytes, and S3 takes 1 to ${MAX_KEY_BYTES}.`;
  return [{ place: key.place, message, remedy: 'Give the package another key.' }];
}
