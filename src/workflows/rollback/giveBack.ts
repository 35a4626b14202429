import type { Failure } from '../../domain/failures.js';
import type { SettingName } from '../../domain/functionSettings.js';
import type { FunctionState } from '../../domain/functions.js';
import { unlessForeign } from '../function/write.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { isFinal, toFailure, wasTried } from '../temporal/failure.js';
import { restoreCode, restoreSettings } from './restoreParts.js';

/**
 * Gives back whatever can be given back: what AWS refuses, such as a layer version that was deleted
 * meanwhile, keeps neither the code nor another setting from going back. All settings go in one
 * request; where that is refused, the code goes before anything is waited for, then each setting by
 * itself, and what may pass is waited out at the end. What is left is all that is tried next time.
 */
export async function giveBack(
  target: TargetState,
  fn: FunctionLedger,
  before: FunctionState,
): Promise<{ isBack: boolean; refused: Failure[] }> {
  const attempt = async (
    restore: () => Promise<void>,
    isEnough = isFinal,
  ): Promise<Failure | undefined> => {
    try {
      if (!(await unlessForeign(target, restore))) fn.isForeign = true;
      return undefined;
    } catch (error) {
      if (!isEnough(error)) throw error;
      return toFailure(error);
    }
  };
  const settings = (names: readonly SettingName[], impatient: boolean) =>
    attempt(() => restoreSettings(target, fn, before, names, impatient));

  const wanted = fn.left ?? fn.touched;
  const names = wanted.settings.filter((name) => !fn.givenUp.has(name));
  const code = wanted.code && !fn.givenUp.has('code');
  const isAlone = names.length === 1 && !code;
  let late = isAlone || (await settings(names, true)) !== undefined ? names : [];
  // Sending code takes minutes. Where an alias carries the traffic, once is enough.
  const isEnough = fn.shiftable ? wasTried : isFinal;
  const codeRefused = code
    ? await attempt(() => restoreCode(target, fn, before), isEnough)
    : undefined;
  if (late.length > 1) late = await filterRefused(late, (name) => settings([name], true));
  const refused = new Map<SettingName, Failure>();
  for (const name of late) {
    const failure = await settings([name], false);
    if (failure !== undefined) refused.set(name, failure);
  }
  const failures = [codeRefused, ...refused.values()].filter((one) => one !== undefined);
  fn.left =
    failures.length === 0
      ? undefined
      : { settings: [...refused.keys()], code: codeRefused !== undefined };
  const isBack = failures.length === 0 && fn.givenUp.size === 0 && !fn.isForeign;
  return { isBack, refused: failures };
}

async function filterRefused(
  names: readonly SettingName[],
  restore: (name: SettingName) => Promise<Failure | undefined>,
): Promise<SettingName[]> {
  const refused: SettingName[] = [];
  for (const name of names) if ((await restore(name)) !== undefined) refused.push(name);
  return refused;
}
