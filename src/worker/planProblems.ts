import { ApplicationFailure } from '@temporalio/common';
import type { AgentDependencies } from '../activities/createActivities.js';
import type { SecretStore } from '../activities/secrets/secretStore.js';
import { checkPlan } from '../config/index.js';
import { needsOf, type Needs } from '../domain/needs.js';
import { sideBySide } from '../domain/sideBySide.js';
import { DEPLOYMENT_LINK } from '../domain/variables.js';
import { type Access, createAccess } from '../settings/access.js';
import type { Settings } from '../settings/settings.js';
import { missingProviders } from './missingProviders.js';

/**
 * Makes what says why a plan cannot be deployed by a worker with these settings. It is better to
 * hear at the start that something is missing than at the step that needs it.
 */
export function createPlanCheck(
  settings: Settings,
  { secrets, uiUrl }: Pick<AgentDependencies, 'uiUrl'> & { secrets: SecretStore },
) {
  const access = createAccess(settings);
  const names = [...settings.metricProviders.keys()];
  return async (value: unknown): Promise<string[]> => {
    const checked = checkPlan(value);
    if ('problems' in checked) return checked.problems;
    const { plan } = checked;
    const needs = needsOf(plan);
    return [
      ...missingCallbacks(needs, settings),
      ...missingUi(needs, uiUrl),
      ...missingProviders(needs, plan.application, { names, mayAsk: access.mayAsk }),
      ...refusedAgents(needs, plan.application, access),
      ...(await missingSecrets(needs, plan.application, secrets)),
    ];
  };
}

function missingCallbacks({ callbacks: [first] }: Needs, { callbacks }: Settings): string[] {
  if (first === undefined || callbacks !== undefined) return [];
  return [
    `The webhook ${first} waits for a callback, but the worker's settings do not say where ` +
      'callbacks arrive: run `sluice gateway` and add `callbacks` to the settings file.',
  ];
}

function missingUi({ links: [first] }: Needs, uiUrl: string | undefined): string[] {
  if (first === undefined || uiUrl !== undefined) return [];
  return [
    `The webhook ${first} uses ${DEPLOYMENT_LINK}, but the worker does not know where the Temporal ` +
      'UI is: set SLUICE_UI_URL in its environment.',
  ];
}

function refusedAgents({ agents }: Needs, application: string, access: Access): string[] {
  return [...agents]
    .filter(([identifier]) => !access.mayUseAgent(application, identifier))
    .map(
      ([identifier, webhook]) =>
        `The webhook ${webhook} is called by the agent ${identifier}, which the worker's settings do not let ${application} use: it is in no rule under \`agents\` that names the application.`,
    );
}

/** How many secrets are looked up at once. */
const SIDE_BY_SIDE = 5;

/** A place that does not answer now may do so when the secret is needed. */
async function missingSecrets(
  { secrets: ofSteps, environmentSecrets }: Needs,
  application: string,
  secrets: SecretStore,
): Promise<string[]> {
  const names = [...new Set([...ofSteps, ...environmentSecrets.keys()])];
  const problemWith = async (name: string): Promise<string[]> => {
    try {
      await secrets.get(application, name);
      return [];
    } catch (error) {
      const isFinal = error instanceof ApplicationFailure && error.nonRetryable === true;
      const variable = environmentSecrets.get(name);
      const use = variable === undefined ? '' : ` The variable ${variable} is filled in from it.`;
      return isFinal ? [`${error.message}${use}`] : [];
    }
  };
  return (await sideBySide(names, SIDE_BY_SIDE, problemWith)).flat();
}
