import type { Path } from '../path.js';
import type { TextRange } from '../source/faults.js';

/** A file that another one names under `include`. */
export interface IncludeEntry {
  /** As it is written. */
  text: string;
  range: TextRange;
  path: Path;
}
