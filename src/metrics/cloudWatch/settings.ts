import { z } from 'zod';
import { patterns } from '../../fields/patterns.js';
import { mapping, must } from '../../fields/wording.js';

export const cloudWatchSchema = z.strictObject(
  {
    type: z.literal('cloudWatch'),
    applications: patterns.optional(),
    /** Absent: the target's. */
    region: z.string(must('an AWS region')).optional(),
    /** Absent: the target's deploy role. */
    roleArn: z.string(must('the ARN of a role')).optional(),
  },
  mapping,
);

export type CloudWatchSettings = z.output<typeof cloudWatchSchema>;
