import type { Step } from '../../domain/plan.js';
import { weightOf } from '../written/meaning.js';
import type { WrittenStep } from '../written/steps.js';

/** What a step of a file means. */
export function stepOf(step: WrittenStep): Step[] {
  const weight = weightOf(step);
  return weight === undefined ? [] : [{ type: 'setWeight', weight }];
}
