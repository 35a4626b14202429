import { INCLUDE_KINDS } from './include/kinds.js';
import type { ProblemKind } from './problemKind.js';
import { PLAN_TOO_LARGE } from './rules/limits.js';
import { RULES } from './rules/list.js';
import { TOO_MUCH_AT_ONCE } from './rules/work.js';
import { SHAPE_KINDS } from './shape/kinds.js';
import { TEXT_KINDS } from './source/kinds.js';
import { SPREAD_TOO_LARGE } from './spread/budget.js';

/** Every kind of problem that a deployment file may have: of its text, its shape and its meaning. */
export const CATALOG: readonly ProblemKind[] = [
  ...TEXT_KINDS,
  ...INCLUDE_KINDS,
  ...SHAPE_KINDS,
  ...RULES,
  SPREAD_TOO_LARGE,
  PLAN_TOO_LARGE,
  TOO_MUCH_AT_ONCE,
];
