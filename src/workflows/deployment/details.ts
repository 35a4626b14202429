import { workflowInfo } from '@temporalio/workflow';
import { failureSentence, type Failure } from '../../domain/failures.js';
import {
  decisionText,
  type Decision,
  type IgnoredMessage,
  type OpenGate,
} from '../../domain/gates.js';
import { Markdown, marked } from '../../domain/markdownText.js';
import { inWords } from '../../domain/outcomes.js';
import type { DeploymentPhase, TargetSummary } from '../../domain/status.js';
import { gateText, ignoredText } from '../state/details.js';

/** How many failures and gates the Temporal UI shows; a workflow's details may have 20,000 bytes. */
export const MAX_SHOWN = 5;

interface DeploymentView {
  application: string;
  phase: DeploymentPhase;
  /** Targets that say that they go back. */
  goingBack: readonly string[];
  targets: readonly TargetSummary[];
  notice: string | undefined;
  gates: readonly OpenGate[];
  failures: readonly Failure[];
  /** What people asked of the deployment as a whole. */
  decisions: readonly Decision[];
  ignored: readonly IgnoredMessage[];
}

/** What a person reads of a deployment in the Temporal UI. */
export function deploymentDetails(shown: DeploymentView): Markdown {
  const { application, targets, notice = '', gates, failures, ignored } = shown;
  const asked = shown.decisions.slice(-MAX_SHOWN);
  const paragraphs = [
    marked`**${application}**: ${phaseText(shown)}; targets: ${countsText(targets)}`,
    marked`${notice}`,
    Markdown.joined(
      asked.map((one) => marked`- ${decisionText(one)}`),
      '\n',
    ),
    ...gateTexts(gates),
    ...failures.slice(0, MAX_SHOWN).map((failure) => marked`- ${failureSentence(failure)}`),
    ignoredText(ignored),
  ];
  return Markdown.paragraphs(paragraphs);
}

/** `rolling back prod-eu`: what goes back is named, unless it is all there is. */
function phaseText({ phase, goingBack, targets }: DeploymentView): string {
  const named = goingBack.slice(0, MAX_SHOWN).join(', ');
  const more = goingBack.length > MAX_SHOWN ? ` and ${goingBack.length - MAX_SHOWN} more` : '';
  const which = named === '' || targets.length === 1 ? '' : ` ${named}${more}`;
  const isCancelling = phase === 'cancelling' && goingBack.length > 0;
  return isCancelling ? `cancelling: rolling back${which}` : `${inWords(phase)}${which}`;
}

function countsText(targets: readonly TargetSummary[]): string {
  const counts = new Map<string, number>();
  for (const { phase, status } of targets) {
    const key = status ?? phase;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${count} ${inWords(key)}`).join(', ');
}

function gateTexts(gates: readonly OpenGate[]): Markdown[] {
  const { namespace, workflowId, runId } = workflowInfo();
  const texts = gates
    .slice(0, MAX_SHOWN)
    .map((gate) => gateText(gate, { namespace, workflowId, runId }));
  const more = gates.length - texts.length;
  return more > 0 ? [...texts, marked`${more} more gates are open: see the status.`] : texts;
}
