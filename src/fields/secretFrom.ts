import { z } from 'zod';
import { mapping, must } from './wording.js';

export type SecretFrom = z.output<typeof secretFrom>;

/** Where a secret lies that no settings file holds itself. */
export const secretFrom = z
  .strictObject(
    {
      env: z.string(must('the name of a variable')).optional(),
      file: z.string(must('a path')).optional(),
    },
    mapping,
  )
  .refine((from) => (from.env === undefined) !== (from.file === undefined), {
    error: 'must say either env or file',
  });
