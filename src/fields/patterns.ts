import { z } from 'zod';
import { must } from './wording.js';

/** Names, in which `*` stands for any number of characters. */
export const patterns = z
  .array(z.string(must('text')).min(1, { error: 'must not be empty' }), must('a list'))
  .min(1, { error: 'must not be empty' });
