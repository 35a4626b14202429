import type { Failure } from '../../domain/failures.js';
import type { SettingName } from '../../domain/functionSettings.js';
import { shapeText, type AliasShape, type FunctionState } from '../../domain/functions.js';
import { differingSettings, pickSettings } from '../../domain/settingSelection.js';
import type { FunctionLedger } from '../state/functionLedger.js';

const REMEDY =
  'Nothing was written over it. Find out who changed it, then start the deployment again.';

/** Whether `$LATEST` still has the code and the settings that the deployment knows it by. */
export function asKnown(
  fn: FunctionLedger,
  known: FunctionState,
): (seen: FunctionState) => boolean {
  const owned = pickSettings(known.settings, ownedSettings(fn));
  return (seen) =>
    seen.codeSha256 === known.codeSha256 && differingSettings(seen.settings, owned).length === 0;
}

/** The settings that the plan names: what else changes is nobody's concern here. */
export function ownedSettings(fn: FunctionLedger): SettingName[] {
  return Object.keys(fn.inspection.wanted) as SettingName[];
}

/** Someone else's code or settings on `$LATEST`: what was found, beside what was expected. */
export function foreignContent(fn: FunctionLedger, known: FunctionState) {
  return (seen: FunctionState): Failure => {
    const owned = pickSettings(known.settings, ownedSettings(fn));
    const settings = differingSettings(seen.settings, owned);
    const code = seen.codeSha256 === known.codeSha256 ? [] : (['code'] as const);
    const found = [...code, ...settings].map((name) => describe(name, seen, known)).join('; ');
    return {
      code: 'foreignChange',
      message: `Someone else changed ${fn.name} during the deployment: ${found || 'it keeps changing'}.`,
      remedy: REMEDY,
      target: fn.access.target,
      function: fn.name,
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

export function gone(fn: FunctionLedger): Failure {
  return {
    code: 'foreignChange',
    message: `${fn.name} no longer exists: someone deleted it during the deployment.`,
    remedy: REMEDY,
    target: fn.access.target,
    function: fn.name,
  };
}

export function foreignAlias(fn: FunctionLedger, expected: AliasShape) {
  return (seen: AliasShape): Failure => ({
    code: 'foreignChange',
    message: `Someone else changed alias ${fn.aliasName ?? ''} of ${fn.name} during the deployment: it serves ${shapeText(seen)}, and ${shapeText(expected)} was expected.`,
    remedy: REMEDY,
    target: fn.access.target,
    function: fn.name,
  });
}
