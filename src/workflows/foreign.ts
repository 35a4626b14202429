import type { Failure } from '../domain/failures.js';
import { shapeText, type AliasShape, type FunctionState } from '../domain/functions.js';
import type { SettingName } from '../domain/functionSettings.js';
import { differingSettings, pickSettings } from '../domain/settingSelection.js';
import type { FunctionRun } from './functionRun.js';

const REMEDY =
  'Nothing was written over it. Find out who changed it, then start the deployment again.';

/** Whether `$LATEST` still has the code and the settings that the deployment knows it by. */
export function asKnown(run: FunctionRun, known: FunctionState): (seen: FunctionState) => boolean {
  const owned = pickSettings(known.settings, ownedSettings(run));
  return (seen) =>
    seen.codeSha256 === known.codeSha256 && differingSettings(seen.settings, owned).length === 0;
}

/** The settings that the plan names: what else changes is nobody's concern here. */
export function ownedSettings(run: FunctionRun): SettingName[] {
  return Object.keys(run.inspection.wanted) as SettingName[];
}

/** Someone else's code or settings on `$LATEST`: what was found, beside what was expected. */
export function foreignContent(run: FunctionRun, known: FunctionState) {
  return (seen: FunctionState): Failure => {
    const owned = pickSettings(known.settings, ownedSettings(run));
    const settings = differingSettings(seen.settings, owned);
    const code = seen.codeSha256 === known.codeSha256 ? [] : (['code'] as const);
    const found = [...code, ...settings].map((name) => describe(name, seen, known)).join('; ');
    return {
      code: 'foreignChange',
      message: `Someone else changed ${run.name} during the deployment: ${found || 'it keeps changing'}.`,
      remedy: REMEDY,
      target: run.target.target,
      function: run.name,
    };
  };
}

function describe(name: 'code' | SettingName, seen: FunctionState, known: FunctionState): string {
  if (name === 'code') {
    return `its code is ${seen.codeSha256}, and ${known.codeSha256} was expected`;
  }
  if (name === 'environmentHashes') return 'its environment is not the one that was expected';
  const text = (state: FunctionState): string => JSON.stringify(state.settings[name]);
  return `its ${name} is ${text(seen)}, and ${text(known)} was expected`;
}

export function gone(run: FunctionRun): Failure {
  return {
    code: 'foreignChange',
    message: `${run.name} no longer exists: someone deleted it during the deployment.`,
    remedy: REMEDY,
    target: run.target.target,
    function: run.name,
  };
}

export function foreignAlias(run: FunctionRun, expected: AliasShape) {
  return (seen: AliasShape): Failure => ({
    code: 'foreignChange',
    message: `Someone else changed alias ${run.given.plan.alias ?? ''} of ${run.name} during the deployment: it serves ${shapeText(seen)}, and ${shapeText(expected)} was expected.`,
    remedy: REMEDY,
    target: run.target.target,
    function: run.name,
  });
}
