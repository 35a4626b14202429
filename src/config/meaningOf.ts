import type { Plan } from '../domain/plan.js';
import { hasErrors, type Problem } from './diagnostics.js';
import type { Finding } from './findings.js';
import type { Meaning } from './forTargets.js';
import type { Path } from './path.js';
import { planOf } from './plan/planOf.js';
import type { Facts } from './rules/facts.js';
import { planSize } from './rules/limits.js';
import { checkRules } from './rules/list.js';
import { onlyAsked } from './rules/onlyAsked.js';
import { planWork } from './rules/work.js';
import type { Adjustments } from './written/adjustments.js';
import { spread } from './spread/spread.js';
import { toldOfFile } from './spread/told.js';
import { factsOfFile } from './written/facts.js';
import { readWritten } from './written/readWritten.js';
import type { WrittenDeployment } from './written/schema.js';

export interface ReadOptions extends Adjustments {
  /** The id that the deployment will have: a UUID. */
  deploymentId: string;
  /**
   * For what depends on AWS's dates.
   *
   * @default the present time
   */
  now?: Date;
}

/** What stands in a deployment file, as plain data. */
interface Content {
  data: unknown;
  /** In the order of the file, which plain data loses for names like numbers. */
  targetNames: string[];
  /** What was wrong with the text. */
  faults?: readonly Problem[];
  /** Whether a value is in a file that others include as well. */
  isIncluded?: Facts['isIncluded'];
}

/** The plan, unless something is wrong, and what the rules find. */
export function meaningOf(
  { data, targetNames, faults = [], isIncluded }: Content,
  { deploymentId, now = new Date(), ...asked }: ReadOptions,
): { plan: Plan | undefined; findings: Finding[]; meaning?: Meaning } {
  const { written, draft, findings: shape } = readWritten(data);
  if (draft === undefined) return { plan: undefined, findings: shape };
  const { file, origins, findings: ofSpread } = spread(draft, asked);
  if (file === undefined) return { plan: undefined, findings: [...shape, ...ofSpread] };
  const facts = onlyAsked({
    ...factsOfFile({ draft: file, isComplete: written !== undefined }, asked),
    ...(isIncluded && {
      isIncluded: (path: Path) => isIncluded(origins.inFile({ path, part: 'value' }).path),
    }),
  });
  const ofRules = toldOfFile(checkRules(facts, now), { written: draft, spread: file, origins });
  const findings = [...shape, ...ofSpread, ...ofRules];
  const wrong = written === undefined || hasErrors([...faults, ...findings]);
  if (wrong) return { plan: undefined, findings };
  // Nothing was lost on the way, so that it has the shape of the language still.
  const writtenOut = file as WrittenDeployment;
  const plan = planOf(writtenOut, { deploymentId, asked, targetNames });
  const size = planSize(plan);
  const tooMuch = size.length > 0 ? size : planWork(plan, ({ name }) => ['targets', name]);
  return tooMuch.length > 0
    ? { plan: undefined, findings: [...findings, ...tooMuch] }
    : { plan, findings, meaning: { plan, asked, written: draft, file: writtenOut, origins } };
}
