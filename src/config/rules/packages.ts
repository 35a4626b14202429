import type { Breach } from '../findings.js';
import { IMAGE_PATH, PACKAGE_PATH } from '../forms.js';
import { quoted } from '../quoted.js';
import { packageType } from '../written/meaning.js';
import type { PackageFact } from './facts.js';
import type { Rule } from './rule.js';

const MAX_KEY_BYTES = 1024;

const at = (path: string) =>
  `artifacts:\n  - {functionName: orders, path: "${path}", type: zipFile}`;

/** Only a path that could not be taken apart has neither a bucket nor an image. */
export const packagePath: Rule = {
  code: 'package-path',
  inEditor: true,
  reason: 'Lambda takes a package from S3: a bucket, and the key of one zip file in it.',
  wrong: at('s3://packages'),
  right: at('s3://packages/orders.zip'),
  breaches: ({ packages }) => packages.flatMap(badPath),
};

export const packageKey: Rule = {
  code: 'package-key',
  reason: `S3 has no keys with more than ${MAX_KEY_BYTES} bytes.`,
  wrong: at('s3://packages/a/very/long/key/…/orders.zip'),
  right: at('s3://packages/orders.zip'),
  abridged: true,
  breaches: ({ packages }) => packages.flatMap(badKey),
};

function badPath({ path, type, bucket, image }: PackageFact): Breach[] {
  if (path === undefined || bucket !== undefined || image !== undefined) return [];
  const { value, place } = path;
  if (IMAGE_PATH.pattern.test(value)) {
    // Where the type is none that is known, that is what is told.
    if (packageType(type?.value) === undefined) return [];
    const message = `${quoted(value)} is a container image, and the type says that it is a zip file.`;
    return [{ place, message, remedy: 'Write type: image, or where the zip file lies in S3.' }];
  }
  const message = `${quoted(value)} ${pathProblem(value)}.`;
  return [{ place, message, remedy: PACKAGE_PATH.remedy }];
}

function pathProblem(path: string): string {
  if (/^s3:\/\/[^/]+\/?$/.test(path)) return 'names a bucket and no key in it';
  return /^s3:\/\/[^/]+\/.*\/$/.test(path)
    ? 'names a folder and no file in it'
    : `is not ${PACKAGE_PATH.noun}`;
}

function badKey({ key }: PackageFact): Breach[] {
  if (key === undefined) return [];
  const size = Buffer.byteLength(key.value);
  if (key.value.endsWith('/'))
    return [
      {
        place: key.place,
        message: `${quoted(key.value)} names a folder and no file in it.`,
        remedy: 'Name a zip file.',
      },
    ];
  if (size > 0 && size <= MAX_KEY_BYTES) return [];
  const message = `The key in the bucket has ${size} bytes, and S3 takes 1 to ${MAX_KEY_BYTES}.`;
  return [{ place: key.place, message, remedy: 'Give the package another key.' }];
}
