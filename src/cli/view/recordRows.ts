import type { DeploymentRecord } from '../../client/report.js';
import { byUrgency, decisionText } from '../../domain/gates.js';
import { goingBackText } from '../../domain/goingBack.js';
import { endCounts } from './counts.js';
import { gateView } from './gateView.js';
import type { Described } from './model.js';
import { oneLine } from './text.js';
import { unknownCell } from './unknownWaits.js';
import {
  GATE_WORDS,
  heldWords,
  momentText,
  PHASE_WORDS,
  STATE_WORDS,
  timeBetween,
} from './words.js';

/** How much of a commit is shown: as much as git shows. */
const COMMIT_LENGTH = 12;

/** A deployment in a table. */
export interface Row {
  state: Described;
  cells: string[];
  /** How it ended, or where it waits: behind the cells, or below them. */
  ending: string[];
}

/** A deployment, and the one that waits behind it. */
export function rowsOf(record: DeploymentRecord, now: string): Row[] {
  const { application, startedAt, endedAt, waiting } = record;
  const times: Times = [startedAt, endedAt ?? now];
  const own = { ...rowOf(application, stateOf(record), times, record), ending: endingOf(record) };
  if (waiting === undefined) return [own];
  return [own, rowOf(application, WAITS, [waiting.queuedAt, now], waiting)];
}

const WAITS: Described = { tone: 'waiting', text: 'waits for its turn' };

type Times = readonly [since: string, until: string];

function rowOf(
  application: string,
  state: Described,
  [since, until]: Times,
  {
    startedBy,
    commit,
    deploymentId,
  }: Pick<DeploymentRecord, 'startedBy' | 'commit' | 'deploymentId'>,
): Row {
  const cells = [
    application,
    state.text,
    momentText(since),
    timeBetween(since, until),
    startedBy ?? '–',
    commit?.slice(0, COMMIT_LENGTH) ?? '–',
    deploymentId ?? '–',
  ];
  return { state, cells: cells.map(oneLine), ending: [] };
}

function stateOf({ state, phase, gates = [] }: DeploymentRecord): Described {
  if (state !== 'running') return STATE_WORDS[state];
  const held = heldWords(gates);
  const goesBack = phase === 'rollingBack' || phase === 'cancelling';
  if (goesBack && held !== GATE_WORDS.stuckRollback) return PHASE_WORDS[phase];
  return held ?? { tone: 'active', text: 'running' };
}

function endingOf(record: DeploymentRecord): string[] {
  const { goesBack, outcome } = record;
  const counts = endCounts({ ...record, targets: [] });
  const parts = [
    ...(counts === '' ? [] : [counts]),
    ...(goesBack === undefined ? [] : [goingBackText(goesBack)]),
    ...(outcome?.decisions ?? []).map(decisionText),
    ...waitsOf(record),
  ];
  return parts.map(oneLine);
}

/** How many gates of a deployment are shown. */
const MAX_GATES = 3;

/** Where it waits, the next deadline first, or why that is not known. */
function waitsOf({ gates = [], gatesUnknown }: DeploymentRecord): string[] {
  if (gatesUnknown !== undefined) return [unknownCell(gatesUnknown)];
  const shown = gates.toSorted(byUrgency).slice(0, MAX_GATES);
  const more = gates.length - shown.length;
  return [...shown.map((gate) => gateView(gate).text), ...(more > 0 ? [`and ${more} more`] : [])];
}
