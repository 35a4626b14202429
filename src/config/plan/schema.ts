import { z } from 'zod';
import type { Plan } from '../../domain/plan.js';
import { settingsShape } from '../shape/settings.js';

const text = z.string();

const functionPlan = z.strictObject({
  name: text,
  package: z.strictObject({ bucket: text, key: text }),
  settings: z.strictObject({ role: text, ...settingsShape }),
  alias: text.exactOptional(),
});

const target = z.strictObject({
  name: text,
  account: text,
  deployRoleArn: text,
  region: text,
  strategy: text,
  dependsOn: z.array(text),
  functions: z.array(functionPlan),
});

const step = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('setWeight'), weight: z.number() }),
]);

/** The shape of a plan, for one that comes from outside. */
export const planSchema: z.ZodType<Plan> = z.strictObject({
  schemaVersion: z.literal(1),
  deploymentId: text,
  application: text,
  description: text.exactOptional(),
  context: z.record(text, text),
  timeoutMs: z.int().describe('whole milliseconds'),
  targets: z.array(target),
  strategies: z.record(text, z.strictObject({ steps: z.array(step) })),
});
