import type { Failure } from './failures.js';
import { readImageUri } from './images.js';
import { packageUri, type PinnedPackage } from './packages.js';

/** A function's package as one target has it. */
export interface PackageAt {
  target: string;
  functionName: string;
  /** As Lambda calls it: of the bytes of a zip file, the digest of an image. */
  codeSha256: string;
  /** Where it lies. */
  uri: string;
}

export function packageAt(target: string, functionName: string, pinned: PinnedPackage): PackageAt {
  return { target, functionName, codeSha256: pinned.codeSha256, uri: packageUri(pinned) };
}

/** How many of the targets with another package are named. */
const MAX_NAMED = 3;

/**
 * What is to be said of a package when other targets deploy the same function from other bytes:
 * somebody may have forgotten to copy it to one of the buckets, or registries. Undefined when all have
 * the same.
 */
export function differingBytes(one: PackageAt, all: readonly PackageAt[]): Failure | undefined {
  const others = all.filter(
    ({ functionName, codeSha256 }) =>
      functionName === one.functionName && codeSha256 !== one.codeSha256,
  );
  if (others.length === 0) return undefined;
  const named = others.slice(0, MAX_NAMED).map(({ target, uri }) => `${target} (${uri})`);
  const more = others.length > MAX_NAMED ? ` and ${others.length - MAX_NAMED} more` : '';
  const from = `${one.target} deploys ${one.functionName} from ${one.uri}`;
  const theirs = `${named.join(', ')}${more}`;
  return {
    code: 'packagesDiffer',
    ...([one, ...others].some(({ uri }) => readImageUri(uri) !== undefined)
      ? {
          message: `${from}, which is not the same as that of ${theirs}.`,
          remedy:
            'Push the same image into the repository of every region, as it is, unless they are to differ: one that is built again has another digest.',
        }
      : {
          message: `${from}, whose bytes are others than those of ${theirs}.`,
          remedy: 'Put the same package into every bucket, unless they are to differ.',
        }),
    target: one.target,
  };
}
