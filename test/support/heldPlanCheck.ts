import type { MemoryLambda } from './memoryLambda.js';

/** Keeps the check of a plan from ending until it is told to go on. */
export function holdPlanCheck(lambda: MemoryLambda): { checking: Promise<void>; goOn: () => void } {
  let reached = (): void => undefined;
  const checking = new Promise<void>((resolve) => (reached = resolve));
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  lambda.activities.checkPlan = () => {
    reached();
    return held;
  };
  return { checking, goOn };
}
