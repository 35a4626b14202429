import { z } from 'zod';
import { LOOKBACK_METHODS, MAX_JUDGMENT_RUNS, MAX_STEPS, ROLL_MODES } from '../../domain/plan.js';
import { providerName, queryName, roleNames, webhookName } from './fields.js';
import { anyCase, freeText, told } from './words.js';

const UNITS = ['seconds', 'minutes', 'hours'] as const;

export const unit = anyCase(UNITS, 'seconds, minutes or hours', 'The unit of the time.');

export const context = told(
  z.record(z.string(), freeText('text')),
  'a mapping of keys to their values',
  { help: 'Values for {{context.…}}.', examples: [{ team: 'checkout' }] },
);

const percent = told(z.number(), 'a percentage from 0 to 100', {
  help: "The new version's share of the alias's traffic, in percent.",
  examples: [25],
  editor: { minimum: 0, maximum: 100 },
});

const setWeight = told(
  z.union([percent, z.strictObject({ weight: percent })]),
  'a percentage such as 25, or {weight: 25}',
  { help: "Gives the new version a share of the alias's traffic." },
);

const amount = told(z.number(), 'a number greater than 0', { editor: { exclusiveMinimum: 0 } });

const pause = told(
  z.strictObject({
    duration: amount.exactOptional(),
    unit: unit.exactOptional(),
    untilApproved: told(z.boolean(), 'true', {
      help: 'Waits until a person approves.',
      editor: { const: true },
    }).exactOptional(),
    requiresRoles: roleNames.exactOptional(),
    approvalExpiration: told(
      z.strictObject({ duration: amount, unit }),
      'a mapping with duration and unit',
      { help: 'How long the approval is waited for. After that it counts as refused.' },
    ).exactOptional(),
  }),
  '{duration: 5, unit: minutes} or {untilApproved: true}',
  {
    help: 'Waits for a time, or until a person approves.',
    examples: [{ duration: 5, unit: 'minutes' }, { untilApproved: true }],
    editor: {
      oneOf: [
        {
          required: ['duration', 'unit'],
          properties: { untilApproved: false, requiresRoles: false, approvalExpiration: false },
        },
        { required: ['untilApproved'], properties: { duration: false, unit: false } },
      ],
    },
  },
);

const runWebhook = told(
  z.strictObject({ name: webhookName, context: context.exactOptional() }),
  'a mapping with name',
  { help: 'Calls a webhook, and waits for its callback.', examples: [{ name: 'Smoke-Tests' }] },
);

const analysis = told(
  z.strictObject({
    interval: told(z.number(), 'a number greater than 0', {
      help: 'The time between two runs.',
      editor: { exclusiveMinimum: 0 },
    }),
    units: unit,
    numberOfJudgmentRuns: told(z.int(), 'a whole number of at least 1', {
      help: 'How often each query is run. Its average is what counts.',
      examples: [5],
      editor: { minimum: 1, maximum: MAX_JUDGMENT_RUNS },
    }),
    queries: told(z.array(queryName).min(1), 'a list of queries', {
      help: 'Every one of these queries must stay within its limits.',
      examples: [['error-rate']],
    }),
    rollBackMode: anyCase(
      ROLL_MODES,
      'automatic or manual',
      'Whether a failure rolls back by itself (the default), or a person decides.',
    ).exactOptional(),
    rollForwardMode: anyCase(
      ROLL_MODES,
      'automatic or manual',
      'Whether a success goes on by itself (the default), or a person decides.',
    ).exactOptional(),
    lookbackMethod: anyCase(
      LOOKBACK_METHODS,
      'growing or sliding',
      "How far each run looks back: to the step's start (growing, the default), or one interval (sliding).",
    ).exactOptional(),
    abortOnFailedJudgment: told(z.boolean(), 'true or false', {
      help: 'Whether the first run outside its limits ends the analysis. By default the average counts.',
    }).exactOptional(),
    metricProviderName: providerName({
      help: 'Who answers these queries. It goes before the provider of a query.',
    }).exactOptional(),
    context: context.exactOptional(),
  }),
  'a mapping with interval, units, numberOfJudgmentRuns and queries',
  { help: 'Decides by metrics: runs queries and compares their averages with limits.' },
);

/** One key is one step: which one may be there depends on the list. */
const ONE_KEY = { minProperties: 1, maxProperties: 1 };

const beforeStep = told(
  z.strictObject({ pause: pause.exactOptional(), runWebhook: runWebhook.exactOptional() }),
  'a mapping with one step: pause or runWebhook',
  { editor: ONE_KEY },
);

const afterStep = told(
  z.strictObject({ ...beforeStep.shape, analysis: analysis.exactOptional() }),
  'a mapping with one step: pause, runWebhook or analysis',
  { editor: ONE_KEY },
);

const strategyStep = told(
  z.strictObject({ setWeight: setWeight.exactOptional(), ...afterStep.shape }),
  'a mapping with one step: setWeight, pause, runWebhook or analysis',
  { editor: ONE_KEY },
);

const listed = { editor: { maxItems: MAX_STEPS } };

export const beforeSteps = told(z.array(beforeStep), 'a list of steps', {
  help: 'What must succeed before the target is deployed. The steps run side by side.',
  examples: [[{ pause: { untilApproved: true } }]],
  ...listed,
});

export const afterSteps = told(z.array(afterStep), 'a list of steps', {
  help: 'What must succeed before the targets that depend on this one start. The steps run side by side.',
  examples: [[{ runWebhook: { name: 'Integration-Tests' } }]],
  ...listed,
});

export const strategySteps = told(z.array(strategyStep), 'a list of steps, such as setWeight', {
  help: 'What happens one after the other. All traffic at the end is implied.',
  examples: [[{ setWeight: { weight: 25 } }, { pause: { duration: 5, unit: 'minutes' } }]],
  ...listed,
});

/** A step of any list. */
export type WrittenStep = z.infer<typeof strategyStep>;
export type WrittenPause = z.infer<typeof pause>;
export type WrittenAnalysis = z.infer<typeof analysis>;
