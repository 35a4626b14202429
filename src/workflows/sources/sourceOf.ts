import type { TargetFunction } from '../../domain/target.js';
import { fromPackage } from './packageSource.js';
import type { Source } from './source.js';
import { fromVersion } from './versionSource.js';

export function sourceOf(planned: TargetFunction): Source {
  return 'package' in planned ? fromPackage(planned) : fromVersion(planned);
}
