import { SYMBOLS } from '../cli/view/paint.js';
import type { DeploymentView, TargetView, Tone } from '../cli/view/model.js';
import { escaped, fenced, link, table } from './markdown.js';

/** GitHub takes 1 MiB from a step. A plan may have 2,000 targets. */
const MAX_TARGETS = 200;
const MAX_REMARKS = 100;

/** What there is to tell about a deployment that was started. */
export interface Told {
  /** All texts printable, in one line each. */
  view: DeploymentView;
  /** Where the Temporal UI shows it. */
  link?: string;
  /** A sentence about what the job did, where that is not to be expected. */
  note?: string;
}

/** A deployment for the page of the run. */
export function deploymentSummary({ view, link: address, note }: Told): string {
  const facts = [
    ...view.facts.map(escaped),
    ...(address === undefined ? [] : [link('Temporal UI', address)]),
  ];
  return page(
    heading(view),
    facts.join(' · '),
    note === undefined ? '' : escaped(note),
    ...targetTable(view.targets),
    ...remarks(view),
    ...waits(view.targets),
  );
}

/** Why there is no deployment. */
export function problemSummary(title: string, problem: string): string {
  const isSentence = !problem.includes('\n');
  const told = isSentence ? escaped(problem) : fenced(problem).join('\n');
  return page(`### ${SYMBOLS.bad} ${escaped(title)}`, told);
}

function heading({ application, state, ending }: DeploymentView): string {
  const how = ending?.summary ?? state.text;
  return `### ${SYMBOLS[state.tone]} ${escaped(application)}: ${escaped(how)}`;
}

function targetTable(targets: readonly TargetView[]): string[] {
  if (targets.length === 0) return [];
  const shown = theMostInteresting(targets);
  const rows = shown.map(({ name, place, state, functions, duration = '' }) => [
    escaped(name),
    escaped(place),
    `${SYMBOLS[state.tone]} ${escaped(state.text)}`,
    functions.map((one) => `${escaped(one.name)}: ${escaped(one.text)}`).join('<br>'),
    duration,
  ]);
  const lines = table(['Target', 'Where', 'Outcome', 'Functions', 'Time'], rows);
  return [lines.join('\n'), more(targets.length - shown.length, 'targets')];
}

const FINE: ReadonlySet<Tone> = new Set<Tone>(['good', 'quiet']);

/** In the order of the file; of too many, rather those that did not succeed. */
function theMostInteresting(targets: readonly TargetView[]): TargetView[] {
  const isFine = ({ state }: TargetView) => FINE.has(state.tone);
  const first = [...targets.filter((one) => !isFine(one)), ...targets.filter(isFine)];
  const kept = new Set(first.slice(0, MAX_TARGETS));
  return targets.filter((target) => kept.has(target));
}

/** What went wrong and how to mend it, what was decided, and what was measured. */
function remarks({ targets, ending }: DeploymentView): string[] {
  const all = [
    ...targets.flatMap(({ name, remarks, decisions, findings }) => {
      const texts = [...remarks, ...decisions, ...findings];
      return texts.map((text) => `- **${escaped(name)}**: ${escaped(text)}`);
    }),
    ...(ending?.failures ?? []).map((text) => `- ${escaped(text)}`),
  ];
  const shown = all.slice(0, MAX_REMARKS);
  return [shown.join('\n'), more(all.length - shown.length, 'remarks')];
}

/** Where a deployment waits that the job has left, and how to answer. */
function waits(targets: readonly TargetView[]): string[] {
  const gates = targets.flatMap((target) => target.gates);
  return gates
    .slice(0, MAX_REMARKS)
    .flatMap(({ text, answers }) => [
      escaped(text),
      ...answers.flatMap(({ purpose, command }) => [
        `${escaped(purpose)}:`,
        fenced(command).join('\n'),
      ]),
    ]);
}

function more(number: number, noun: string): string {
  return number > 0 ? `and ${number} more ${noun}` : '';
}

function page(...blocks: string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n\n`;
}
