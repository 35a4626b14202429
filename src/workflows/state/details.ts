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
import { otherTrafficText, seenText } from '../../domain/otherTraffic.js';
import { quotation } from '../../domain/markdown.js';
import type { FunctionProgress, TargetProgress } from '../../domain/status.js';

/** A workflow's details may have 20,000 bytes; the last of these lists say most. */
const MAX_SHOWN = 5;
const MAX_FUNCTIONS = 20;

/** What a person reads of a target in the Temporal UI, in Markdown. */
export function targetDetails(progress: TargetProgress, addressee: Addressee): string {
  const { target, activity, step, problems, outcome, decisions, ignored } = progress;
  const position = step === undefined ? '' : ` (step ${step.number} of ${step.of})`;
  const paragraphs = [
    `**${target}**: ${activity}${position}`,
    functionLines(progress.functions),
    ...progress.notices.slice(0, MAX_SHOWN),
    ...progress.analyses.slice(-1).map(analysisText),
    ...(outcome?.failure === undefined ? [] : [failureSentence(outcome.failure)]),
    ...problems
      .slice(0, MAX_SHOWN)
      .map((problem) => `The rollback cannot go on: ${failureSentence(problem)}`),
    ...progress.gates.slice(0, MAX_SHOWN).map((gate) => gateText(gate, addressee)),
    decisions.slice(-MAX_SHOWN).map(decisionItem).join('\n'),
    ignoredText(ignored),
  ];
  return paragraphs.filter((text) => text !== '').join('\n\n');
}

/** What a callback says has its own form, which a line would take from it. */
function decisionItem(decision: Decision): string {
  const { comment, ...rest } = decision;
  const isCallback = decision.decision === 'succeeded' || decision.decision === 'failed';
  if (!isCallback || comment === undefined) return `- ${decisionText(decision)}`;
  return `- ${decisionText(rest)}:\n\n${quotation(comment)}\n`;
}

function analysisText({ gate, run, of, queries }: AnalysisReport): string {
  const lines = queries.slice(0, MAX_SHOWN).map((one) => `- ${queryText(one)}`);
  return [`**${gate}**: run ${run} of ${of}`, ...lines].join('\n');
}

function functionLines(functions: readonly FunctionProgress[]): string {
  const lines = functions.slice(0, MAX_FUNCTIONS).map(functionLine);
  const more = functions.length - lines.length;
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}

function functionLine(one: FunctionProgress): string {
  const { name, alias, version, weight, wantedWeight, previousVersion, restored } = one;
  const where = alias === undefined ? name : `${name} (alias ${alias})`;
  if (restored.length > 0) return `- ${where}: ${restored.join(', ')} restored`;
  if (version === undefined) return `- ${where}: not released`;
  if (awaitsAlias(one)) return `- ${where}: version ${version}; the alias is created at the end`;
  const other = otherTrafficText(one);
  if (other !== undefined) return `- ${where}: ${other}${seenText(one)}`;
  const wanted = wantedWeight === weight ? '' : ` (${wantedWeight} % wanted)`;
  const rest = previousVersion === undefined ? '' : `, the rest on ${versionText(previousVersion)}`;
  const before = weight < 100 ? rest : '';
  return `- ${where}: ${weight} % on version ${version}${wanted}${before}${seenText(one)}`;
}

/** What is waited for, until when, and the command that answers it. */
export function gateText(gate: OpenGate, addressee: Addressee): string {
  const commands = answersTo(gate, addressee).map(({ command }) => command);
  return [gateSentence(gate), '```', ...commands, '```'].join('\n');
}

function gateSentence({ id, kind, deadline, roles, about }: OpenGate): string {
  const until = deadline === undefined ? '' : ` until ${deadline}`;
  switch (kind) {
    case 'approval': {
      const whose = roles === undefined ? '' : ` by ${roles.join(' or ')}`;
      const what = about === undefined ? '' : `\n\n${about}\n\nTo answer:`;
      return `**${id}** waits for an approval${whose}${until}.${what || ' To answer:'}`;
    }
    case 'pause':
      return `**${id}** pauses${until}. To go on at once:`;
    case 'callback':
      return `**${id}** waits for ${about ?? 'a callback'}${until}. To answer in its place, with true or false:`;
    case 'stuckRollback':
      return `**${id}** is stuck. It is tried again by itself. To try at once, or to leave everything as it is now:`;
  }
}

export function ignoredText(ignored: readonly IgnoredMessage[]): string {
  return ignored
    .slice(-MAX_SHOWN)
    .map(({ at, verb, reason }) => `- Ignored \`${verb}\` at ${at}: ${reason}`)
    .join('\n');
}
