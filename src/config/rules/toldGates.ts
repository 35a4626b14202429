import { readTemplate } from '../../domain/templates.js';
import { toldStep } from '../../domain/toldGate.js';
import { GATE_VARIABLES } from '../../domain/variables.js';
import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import type { Facts, StepFact, WebhookFact } from './facts.js';
import type { Rule } from './rule.js';
import { stepLists } from './stepLists.js';
import { textsOf } from './templates.js';

const strategy = (steps: string) => `strategies: {gradual: {canary: {steps: [${steps}]}}}
webhooks:
  - {name: ask, method: POST, uriTemplate: "https://chat.example.com", bodyTemplate: {inline: "{{sluice.answerCommand}}"}, disableCallback: true}`;

/** Whoever is told how to answer could answer nothing. */
export const variableWithoutGate: Rule = {
  code: 'variable-without-gate',
  reason:
    'A webhook without a callback tells of the approval or pause that comes next in its list, or of one beside it where all run side by side. Where there is none, there is no gate to name and nothing to answer.',
  wrong: strategy('{pause: {untilApproved: true}}, {runWebhook: {name: ask}}'),
  right: strategy('{runWebhook: {name: ask}}, {pause: {untilApproved: true}}'),
  breaches(facts) {
    const telling = tellingWebhooks(facts);
    // What could not be read may be what it tells of.
    if (!facts.complete || telling.size === 0) return [];
    return stepLists(facts).flatMap(({ steps, sideBySide = false }) =>
      steps.flatMap(({ webhook }, index): Breach[] => {
        const written = telling.get(webhook?.name?.value ?? '');
        if (webhook?.name === undefined || written === undefined) return [];
        if (toldStep(steps, index, { asks, sideBySide }) >= 0) return [];
        const missing = sideBySide ? 'stands beside it' : 'comes after it';
        return [
          {
            place: webhook.name.place,
            message: `The webhook ${quoted(webhook.name.value)} needs {{${written}}}, and no approval or pause ${missing}.`,
            remedy: 'Run it before the approval or pause that it tells of, or remove the variable.',
          },
        ];
      }),
    );
  },
};

/** The webhooks that name a gate and have none of their own, and how each writes it. */
function tellingWebhooks({ webhooks = [] }: Facts): ReadonlyMap<string, string> {
  return new Map(
    webhooks.flatMap((webhook) => {
      const written = webhook.waits ? undefined : gateVariable(webhook);
      return written === undefined ? [] : [[webhook.name?.value ?? '', written] as const];
    }),
  );
}

function gateVariable(webhook: WebhookFact): string | undefined {
  return textsOf(webhook)
    .flatMap(({ value }) => readTemplate(value).variables)
    .find(({ name }) => GATE_VARIABLES.includes(name))?.written;
}

function asks({ pause, analysis }: StepFact): boolean {
  return pause !== undefined || analysis?.asks === true;
}
