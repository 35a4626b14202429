import { printable } from '../../domain/printable.js';
import { TerminalText } from '../../domain/terminalText.js';
import type { DeploymentView, GateView, TargetView } from './model.js';

/**
 * A text as one line that a terminal shows and does not obey: names and messages come from files,
 * from AWS and from other people's services.
 */
export function oneLine(text: string): string {
  return TerminalText.line(text).text;
}

/** The view with all of its texts made safe to show. */
export function shown(view: DeploymentView): DeploymentView {
  return {
    ...view,
    application: oneLine(view.application),
    state: { ...view.state, text: oneLine(view.state.text) },
    facts: view.facts.map(oneLine),
    targets: view.targets.map(shownTarget),
    notices: view.notices.map((notice) => ({ ...notice, text: oneLine(notice.text) })),
    ...(view.ending && {
      ending: {
        summary: oneLine(view.ending.summary),
        failures: view.ending.failures.map(oneLine),
      },
    }),
  };
}

function shownTarget(target: TargetView): TargetView {
  return {
    ...target,
    name: oneLine(target.name),
    place: oneLine(target.place),
    state: { ...target.state, text: oneLine(target.state.text) },
    functions: target.functions.map(({ name, text, ...more }) => ({
      ...more,
      name: oneLine(name),
      text: oneLine(text),
    })),
    gates: target.gates.map(shownGate),
    findings: target.findings.map(oneLine),
    decisions: target.decisions.map(oneLine),
    remarks: target.remarks.map(oneLine),
  };
}

/** In a command, white space counts; line breaks are gone like every other control character. */
function shownGate({ text, answers, ...more }: GateView): GateView {
  return {
    ...more,
    text: oneLine(text),
    answers: answers.map(({ purpose, command }) => ({ purpose, command: printable(command) })),
  };
}
