import fc from 'fast-check';
import type { Activities } from '../../../src/activities/createActivities.js';
import { MemoryLambda } from '../../support/memoryLambda.js';
import type { WorkflowServer } from '../../support/workflowServer.js';
import { contradictions } from './consistency.js';
import { isEndless } from './faults.js';
import { scenarios } from './scenario.js';
import { Stage } from './stage.js';
import { scenarioText } from './text.js';

/** How much there is to be played. */
export interface Extent {
  /** Fixed, so that every run of the tests has the same scenarios. */
  seed: number;
  scenarios: number;
  /** Leaves out what fails until the time is up, and so takes long. */
  isQuick: boolean;
  /** How many are played at a time: mostly they wait. */
  atOnce: number;
  /** No scenario is begun after that, in milliseconds. */
  limitMs: number;
}

/**
 * Plays random scenarios until one contradicts itself, or there are enough.
 *
 * @returns how many were played
 * @throws with the contradictions and the scenario, by its seed and number and in words. None is made
 *   smaller, which would take very long.
 */
export async function playMany(server: WorkflowServer, extent: Extent): Promise<number> {
  const { seed, scenarios: count, isQuick, atOnce, limitMs } = extent;
  const wanted = scenarios.filter(({ faults }) => !isQuick || !faults.some(isEndless));
  const left = [...fc.sample(wanted, { seed, numRuns: count }).entries()];
  const stages = new Map<string, Stage>();
  const failures: string[] = [];
  const end = Date.now() + limitMs;
  const playSome = async (): Promise<void> => {
    while (failures.length === 0 && Date.now() < end) {
      const [number, scenario] = left.shift() ?? [];
      if (number === undefined || scenario === undefined) return;
      const stage = new Stage(server, scenario);
      stages.set(scenario.plan.application, stage);
      const found = await problemsOf(stage);
      if (found !== '')
        failures.push(`seed ${seed}, scenario ${number}: ${found}\n\n${scenarioText(scenario)}`);
    }
  };
  await server.with({ activities: onTheirStages(stages) }, () =>
    Promise.all(Array.from({ length: atOnce }, playSome)),
  );
  if (failures.length > 0) throw new Error(failures.join('\n\n'));
  return count - left.length;
}

async function problemsOf(stage: Stage): Promise<string> {
  try {
    return contradictions(await stage.play()).join('\n');
  } catch (error) {
    return error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
  }
}

/** One worker runs them all: which scenario a call belongs to is in its input. */
function onTheirStages(stages: ReadonlyMap<string, Stage>): Activities {
  const names = Object.keys(new MemoryLambda().activities) as (keyof Activities)[];
  const activities = names.map((name) => [
    name,
    (input: never) => {
      const stage = stages.get(applicationOf(input));
      if (stage === undefined) throw new Error('nobody plays this');
      return stage.activities[name](input);
    },
  ]);
  return Object.fromEntries(activities) as Activities;
}

function applicationOf(input: unknown): string {
  // What is waited for is named by its workflow's id.
  if (typeof input === 'string') return input.split(':')[1] ?? '';
  const [first] = Array.isArray(input) ? (input as unknown[]) : [input];
  return (first as { application: string }).application;
}
