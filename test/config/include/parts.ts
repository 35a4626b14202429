import {
  readDeployment,
  renderDiagnostics,
  type ReadDeployment,
} from '../../../src/config/index.js';
import type { IncludedText } from '../../../src/config/index.js';
import type { Plan } from '../../../src/domain/plan.js';
import { DEPLOYMENT_ID, NOW } from '../support.js';

export type Files = Record<string, IncludedText>;

/** Where the deployment file is in all of these tests. */
export const NAME = 'deploy/shop.yaml';

/** Reads a deployment file and what it includes. */
export function readParts(text: string | Uint8Array, files: Files): ReadDeployment {
  const included = new Map(Object.entries(files));
  return readDeployment(
    { text, name: NAME, folder: '/shop/deploy', included },
    { deploymentId: DEPLOYMENT_ID, now: NOW },
  );
}

/** The plan of files that have to be accepted without a word. */
export function planOfParts(text: string, files: Files): Plan {
  const { plan, diagnostics } = readParts(text, files);
  if (plan === undefined || diagnostics.length > 0)
    throw new Error(JSON.stringify(diagnostics, undefined, 2));
  return plan;
}

/** Where something was found, and what: `shared/a.yaml:3:7 unknown-key`. */
export function foundIn(text: string | Uint8Array, files: Files): string[] {
  return readParts(text, files).diagnostics.map(
    ({ file = NAME, line, column, code }) => `${file}:${line}:${column} ${code}`,
  );
}

/** What a person reads. */
export function renderParts(text: string, files: Files): string {
  const { diagnostics, includedTexts } = readParts(text, files);
  return renderDiagnostics(diagnostics, { fileName: NAME, text, includedTexts }).text;
}
