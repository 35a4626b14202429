import { z } from 'zod';

const text = z.string();

/** The settings of a function that a file and a plan write in the same way. */
export const settingsShape = {
  handler: text.describe('what the runtime calls, such as index.handler'),
  runtime: text.describe('a Lambda runtime, such as nodejs22.x'),
  memorySize: z.int().describe('a whole number of megabytes from 128 to 10240').exactOptional(),
  timeout: z.int().describe('a whole number of seconds from 1 to 900').exactOptional(),
  environment: z
    .record(text, text.describe('text; "" is the empty text'))
    .describe('a mapping of variables to their values')
    .exactOptional(),
  layers: z
    .array(text.describe("the ARN of a layer's version"))
    .describe('a list of ARNs of layer versions')
    .exactOptional(),
  architectures: z
    .array(text.describe('x86_64 or arm64'))
    .describe('[x86_64] or [arm64]')
    .exactOptional(),
};
