import type { TargetFunction } from '../../domain/target.js';
import { fromPackage } from './packageSource.js';
import type { ReleaseSource } from './source.js';
import { fromVersion } from './versionSource.js';

export function sourceOf(planned: TargetFunction): ReleaseSource {
  return 'package' in planned ? fromPackage(planned) : fromVersion(planned);
}
