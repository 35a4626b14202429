import { SYMBOLS } from '../cli/view/paint.js';
import type { DeploymentView, TargetView, Tone } from '../cli/view/model.js';
import { Markdown } from '../domain/markdownText.js';
import { link, marked, table } from './markdown.js';

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
export function deploymentSummary({ view, link: address, note = '' }: Told): Markdown {
  const facts = [
    ...view.facts.map((fact) => marked`${fact}`),
    ...(address === undefined ? [] : [link('Temporal UI', address)]),
  ];
  return page(
    heading(view),
    Markdown.joined(facts, ' · '),
    marked`${note}`,
    ...targetTable(view.targets),
    ...remarks(view),
    ...waits(view.targets),
  );
}

/** Why there is no deployment. */
export function problemSummary(title: string, problem: string): Markdown {
  const isSentence = !problem.includes('\n');
  const told = isSentence ? marked`${problem}` : Markdown.fenced(problem.split('\n'), 'text');
  return page(marked`### ${SYMBOLS.bad} ${title}`, told);
}

function heading({ application, state, ending }: DeploymentView): Markdown {
  return marked`### ${SYMBOLS[state.tone]} ${application}: ${ending?.summary ?? state.text}`;
}

function targetTable(targets: readonly TargetView[]): Markdown[] {
  if (targets.length === 0) return [];
  const shown = theMostInteresting(targets);
  const rows = shown.map(({ name, place, state, functions, duration = '' }) => [
    marked`${name}`,
    marked`${place}`,
    marked`${SYMBOLS[state.tone]} ${state.text}`,
    Markdown.joined(
      functions.map((one) => marked`${one.name}: ${one.text}`),
      '<br>',
    ),
    marked`${duration}`,
  ]);
  const lines = table(['Target', 'Where', 'Outcome', 'Functions', 'Time'], rows);
  return [lines, more(targets.length - shown.length, 'targets')];
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
function remarks({ targets, ending }: DeploymentView): Markdown[] {
  const all = [
    ...targets.flatMap(({ name, remarks, decisions, findings }) => {
      const texts = [...remarks, ...decisions, ...findings];
      return texts.map((text) => marked`- **${name}**: ${text}`);
    }),
    ...(ending?.failures ?? []).map((text) => marked`- ${text}`),
  ];
  const shown = all.slice(0, MAX_REMARKS);
  return [Markdown.joined(shown, '\n'), more(all.length - shown.length, 'remarks')];
}

/** Where a deployment waits that the job has left, and how to answer. */
function waits(targets: readonly TargetView[]): Markdown[] {
  const gates = targets.flatMap((target) => target.gates);
  return gates
    .slice(0, MAX_REMARKS)
    .flatMap(({ text, answers }) => [
      marked`${text}`,
      ...answers.flatMap(({ purpose, command }) => [
        marked`${purpose}:`,
        Markdown.fenced([command], 'text'),
      ]),
    ]);
}

function more(number: number, noun: string): Markdown {
  return number > 0 ? marked`and ${number} more ${noun}` : marked``;
}

function page(...blocks: Markdown[]): Markdown {
  return marked`${Markdown.paragraphs(blocks)}\n\n`;
}
