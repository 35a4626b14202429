import type { Stack } from '../stack/stack.js';
import type { Lambda } from './lambda.js';
import type { Narrator } from './narrator.js';
import type { Operator } from './operator.js';
import type { Sluice } from './sluice.js';

/** What the chapters of the story need. */
export interface Telling {
  stack: Stack;
  narrator: Narrator;
  sluice: Sluice;
  lambda: Lambda;
  operator: Operator;
}
