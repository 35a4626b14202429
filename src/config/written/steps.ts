import { z } from 'zod';

const percent = z.number().describe('a percentage from 0 to 100');

/** A step has one of these keys. */
export const step = z
  .strictObject({
    setWeight: z
      .union([percent, z.strictObject({ weight: percent })])
      .describe('a percentage such as 25, or {weight: 25}')
      .exactOptional(),
  })
  .describe('a mapping with one step, such as setWeight');

export type WrittenStep = z.infer<typeof step>;
