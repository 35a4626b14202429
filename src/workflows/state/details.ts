import { queryText, type AnalysisReport } from '../../domain/analysis.js';
import { answersTo, type Addressee } from '../../domain/commands.js';
import { failureSentence } from '../../domain/failures.js';
import { awaitsAlias } from '../../domain/firstDeployment.js';
import { versionText } from '../../domain/functions.js';
import {
  decisionText,
  type Decision,
  type IgnoredMessage,
  type OpenGate,
} from '../../domain/gates.js';
import { Markdown, marked } from '../../domain/markdownText.js';
import { otherTrafficText, seenText } from '../../domain/otherTraffic.js';
import type { FunctionProgress, TargetProgress } from '../../domain/status.js';

/** A workflow's details may have 20,000 bytes; the last of these lists say most. */
const MAX_SHOWN = 5;
const MAX_FUNCTIONS = 20;

/** What a person reads of a target in the Temporal UI. */
export function targetDetails(progress: TargetProgress, addressee: Addressee): Markdown {
  const { target, activity, step, problems, outcome, decisions, ignored } = progress;
  const position = step === undefined ? '' : ` (step ${step.number} of ${step.of})`;
  const paragraphs = [
    marked`**${target}**: ${activity}${position}`,
    functionLines(progress.functions),
    ...progress.notices.slice(0, MAX_SHOWN).map((notice) => marked`${notice}`),
    ...progress.analyses.slice(-1).map(analysisText),
    ...(outcome?.failure === undefined ? [] : [marked`${failureSentence(outcome.failure)}`]),
    ...problems
      .slice(0, MAX_SHOWN)
      .map((problem) => marked`The rollback cannot go on: ${failureSentence(problem)}`),
    ...progress.gates.slice(0, MAX_SHOWN).map((gate) => gateText(gate, addressee)),
    Markdown.joined(decisions.slice(-MAX_SHOWN).map(decisionItem), '\n'),
    ignoredText(ignored),
  ];
  return Markdown.paragraphs(paragraphs);
}

/** What a callback says has its own form, which a line would take from it. */
function decisionItem(decision: Decision): Markdown {
  const { comment, ...rest } = decision;
  const isCallback = decision.decision === 'succeeded' || decision.decision === 'failed';
  if (!isCallback || comment === undefined) return marked`- ${decisionText(decision)}`;
  return marked`- ${decisionText(rest)}:\n\n${Markdown.quoted(comment)}\n`;
}

function analysisText({ gate, run, of, queries }: AnalysisReport): Markdown {
  const lines = queries.slice(0, MAX_SHOWN).map((one) => marked`- ${queryText(one)}`);
  return Markdown.joined([marked`**${gate}**: run ${run} of ${of}`, ...lines], '\n');
}

function functionLines(functions: readonly FunctionProgress[]): Markdown {
  const lines = functions.slice(0, MAX_FUNCTIONS).map((one) => marked`- ${functionText(one)}`);
  const more = functions.length - lines.length;
  return Markdown.joined([...lines, ...(more > 0 ? [marked`- and ${more} more`] : [])], '\n');
}

function functionText(one: FunctionProgress): string {
  const { name, alias, version, weight, wantedWeight, previousVersion, restored } = one;
  const where = alias === undefined ? name : `${name} (alias ${alias})`;
  if (restored.length > 0) return `${where}: ${restored.join(', ')} restored`;
  if (version === undefined) return `${where}: not released`;
  if (awaitsAlias(one)) return `${where}: version ${version}; the alias is created at the end`;
  const other = otherTrafficText(one);
  if (other !== undefined) return `${where}: ${other}${seenText(one)}`;
  const wanted = wantedWeight === weight ? '' : ` (${wantedWeight} % wanted)`;
  const rest = previousVersion === undefined ? '' : `, the rest on ${versionText(previousVersion)}`;
  const before = weight < 100 ? rest : '';
  return `${where}: ${weight} % on version ${version}${wanted}${before}${seenText(one)}`;
}

/** What is waited for, until when, and the command that answers it. */
export function gateText(gate: OpenGate, addressee: Addressee): Markdown {
  const commands = answersTo(gate, addressee).map(({ command }) => command);
  return Markdown.joined([gateSentence(gate), Markdown.fenced(commands)], '\n');
}

function gateSentence({ id, kind, deadline, roles, about }: OpenGate): Markdown {
  const until = deadline === undefined ? '' : ` until ${deadline}`;
  switch (kind) {
    case 'approval': {
      const whose = roles === undefined ? '' : ` by ${roles.join(' or ')}`;
      const waits = marked`**${id}** waits for an approval${whose}${until}.`;
      if (about === undefined) return marked`${waits} To answer:`;
      return Markdown.paragraphs([waits, aboutText(about), marked`To answer:`]);
    }
    case 'pause':
      return marked`**${id}** pauses${until}. To go on at once:`;
    case 'callback':
      return marked`**${id}** waits for ${about ?? 'a callback'}${until}. To answer in its place, that it succeeded or that it failed:`;
    case 'stuckRollback':
      return marked`**${id}** is stuck. It is tried again by itself. To try at once, or to leave everything as it is now:`;
  }
}

/** A sentence, and items below it. */
function aboutText(about: string): Markdown {
  const [first = '', ...items] = about.split('\n');
  const lines = items.map((item) => marked`- ${item}`);
  return Markdown.joined([marked`${first}`, ...lines], '\n');
}

export function ignoredText(ignored: readonly IgnoredMessage[]): Markdown {
  const lines = ignored
    .slice(-MAX_SHOWN)
    .map(({ at, verb, reason }) => marked`- Ignored ${verb} at ${at}: ${reason}`);
  return Markdown.joined(lines, '\n');
}
