import { randomUUID } from 'node:crypto';
import type { Diagnostic } from '../config/index.js';
import { MAX_PLAN_BYTES, type Plan } from '../domain/plan.js';
import { messageOf, SluiceError } from '../settings/sluiceError.js';
import { InvalidFileError } from './errors.js';

/** Where a plan comes from. */
export type PlanSource =
  | {
      /** Path of a deployment file. */
      file: string;
    }
  | {
      /** A deployment file's text or bytes. */
      text: string | Uint8Array;
      /**
       * What messages call it.
       *
       * @default 'deployment'
       */
      fileName?: string;
    }
  | { plan: Plan };

export interface FoundPlan {
  plan: Plan;
  /** What somebody should look at although the file can be deployed, for a person. */
  warnings: (options: { colour: boolean }) => string;
}

/**
 * The plan, checked. YAML and its rules are loaded only when there is something to read.
 *
 * @throws InvalidFileError
 * @throws SluiceError `invalidPlan`
 */
export async function findPlan(source: PlanSource): Promise<FoundPlan> {
  const found =
    'plan' in source
      ? { plan: await checked(source.plan), warnings: () => '' }
      : 'file' in source
        ? await fromText(await load(source.file), source.file)
        : await fromText(source.text, source.fileName ?? 'deployment');
  checkSize(found.plan);
  return found;
}

async function checked(plan: unknown): Promise<Plan> {
  const { checkPlan } = await import('../config/index.js');
  const result = checkPlan(plan);
  if ('plan' in result) return result.plan;
  throw new SluiceError(
    'invalidPlan',
    ['The plan cannot be deployed:', ...result.problems.map((problem) => `- ${problem}`)].join(
      '\n',
    ),
  );
}

async function load(file: string): Promise<Uint8Array> {
  const { loadDeploymentFile } = await import('../config/index.js');
  try {
    return await loadDeploymentFile(file);
  } catch (cause) {
    throw new InvalidFileError([], () => messageOf(cause), { cause });
  }
}

async function fromText(source: string | Uint8Array, fileName: string): Promise<FoundPlan> {
  const { readDeployment } = await import('../config/index.js');
  const { plan, diagnostics } = readDeployment(source, { deploymentId: randomUUID() });
  const render = await renderer(diagnostics, source, fileName);
  if (plan === undefined) throw new InvalidFileError(diagnostics, render);
  return { plan, warnings: render };
}

async function renderer(
  diagnostics: Diagnostic[],
  source: string | Uint8Array,
  fileName: string,
): Promise<FoundPlan['warnings']> {
  const { renderDiagnostics } = await import('../config/index.js');
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  return ({ colour }) => renderDiagnostics(diagnostics, { fileName, text, colour }).trimEnd();
}

function checkSize(plan: Plan): void {
  const bytes = Buffer.byteLength(JSON.stringify(plan));
  if (bytes <= MAX_PLAN_BYTES) return;
  throw new SluiceError(
    'invalidPlan',
    `The plan has ${bytes} bytes, and Temporal can be given at most ${MAX_PLAN_BYTES}. Split the ` +
      'deployment into several applications.',
  );
}
