import type { TargetReport } from '../../client/report.js';
import { awaitsAlias } from '../../domain/firstDeployment.js';
import { versionText } from '../../domain/functions.js';
import { otherTraffic, otherTrafficText, seenText, shareOf } from '../../domain/otherTraffic.js';
import type { FunctionOutcome } from '../../domain/outcomes.js';
import type { FunctionProgress } from '../../domain/status.js';
import type { FunctionView } from './model.js';

/** What has become of a target's functions, or where each is at the moment. */
export function functionViews({ outcome, progress }: TargetReport): FunctionView[] {
  if (outcome !== undefined) return outcome.functions.map(endedFunction);
  return (progress?.functions ?? []).map(runningFunction);
}

function endedFunction({ name, version, summary }: FunctionOutcome): FunctionView {
  const live = version === undefined ? '' : versionText(version);
  return { name, text: summary.includes(live) ? summary : `${summary} (${live})` };
}

function runningFunction(one: FunctionProgress): FunctionView {
  const { name, version, restored } = one;
  if (restored.length > 0) return { name, text: `restored: ${restored.join(', ')}` };
  if (version === undefined) return { name, text: 'not released', untouched: true };
  if (awaitsAlias(one)) {
    return { name, text: `version ${version}; alias ${one.alias ?? ''} is created at the end` };
  }
  const other = otherTraffic(one);
  const actual = other === undefined ? one.weight : shareOf(other, version);
  const text = `${trafficText(one, version)}${seenText(one)}`;
  return { name, text, traffic: { actual, wanted: one.wantedWeight } };
}

/** `10 % on version 8, 90 % on version 7; wanted: 25 %`. */
function trafficText(one: FunctionProgress, version: string): string {
  const { weight, wantedWeight, previousVersion } = one;
  const other = otherTrafficText(one);
  if (other !== undefined) return other;
  // Weights may have fractions, and 100 less one of them more digits than anybody wrote.
  const rest = Number((100 - weight).toFixed(2));
  const before =
    previousVersion === undefined ? '' : `, ${rest} % on ${versionText(previousVersion)}`;
  const wanted = wantedWeight === weight ? '' : `; wanted: ${wantedWeight} %`;
  return `${weight} % on version ${version}${before}${wanted}`;
}
