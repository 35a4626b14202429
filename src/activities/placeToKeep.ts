import type { PackageLocation } from '../domain/plan.js';
import { keptAt } from '../domain/replacedCode.js';

/**
 * Where a copy of some code of a function is kept.
 *
 * @param codeSha256 - in base64, as Lambda tells it
 */
export function placeToKeep(
  { function: name, replacedCode }: { function: string; replacedCode: string },
  codeSha256: string,
): PackageLocation {
  return keptAt(replacedCode, name, Buffer.from(codeSha256, 'base64').toString('hex'));
}
