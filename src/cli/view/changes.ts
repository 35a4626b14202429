import type { DeploymentView, GateView, Notice, TargetView } from './model.js';

/**
 * Tells a deployment as lines, one for each thing that is different from what was told before: for
 * logs, and wherever nothing can be drawn over.
 */
export class ChangeTeller {
  readonly #told = new Map<string, string>();
  readonly #notices = new Map<string, Notice>();

  /** @returns what has changed, in sentences without time */
  tell(view: DeploymentView): string[] {
    const { application, state, targets, notices, ending } = view;
    return [
      ...(ending ? [] : this.#news('', `${application}: ${state.text}`)),
      ...targets.flatMap((target) => this.#targetNews(target)),
      ...this.#changedNotices(notices),
      ...(ending ? [...ending.failures, `${application}: ${ending.summary}`] : []),
    ];
  }

  #targetNews(target: TargetView): string[] {
    const { name, state, duration, functions } = target;
    const time = duration === undefined ? '' : ` after ${duration}`;
    const touched = functions.filter(({ untouched }) => !untouched);
    const details = touched.map((one) => `${one.name} ${one.text}`).join('; ');
    const line = `${name}: ${state.text}${time}${details === '' ? '' : ` (${details})`}`;
    const known = this.#told.has(`target ${name}`);
    if (state.tone === 'waiting' && !known) return [];
    return [
      ...this.#news(`target ${name}`, line),
      ...moreOf(target).flatMap((text) => this.#news(`${name} ${text}`, `${name}: ${text}`)),
    ];
  }

  /** What holds at the moment, for whoever reads only the end of a log. */
  get notices(): string[] {
    return [...this.#notices.values()].filter(({ once }) => !once).map(({ text }) => text);
  }

  /** A notice that somebody has given already. */
  noticed(notice: Notice): void {
    this.#notices.set(notice.text, notice);
  }

  #changedNotices(present: readonly Notice[]): string[] {
    const texts = new Set(present.map(({ text }) => text));
    const over = [...this.#notices.values()].filter(({ text }) => !texts.has(text));
    const added = present.filter(({ text }) => !this.#notices.has(text));
    for (const { text } of over) this.#notices.delete(text);
    for (const notice of added) this.noticed(notice);
    return [...over.flatMap((notice) => notice.over ?? []), ...added.map(({ text }) => text)];
  }

  #news(key: string, line: string): string[] {
    if (this.#told.get(key) === line) return [];
    this.#told.set(key, line);
    return [line];
  }
}

/** What there is to say of a target beside its state; each is said once. */
function moreOf({ gates, findings, decisions, remarks }: TargetView): string[] {
  return [...findings, ...decisions, ...remarks, ...gates.flatMap(gateTexts)];
}

function gateTexts({ text, answers }: GateView): string[] {
  return [text, ...answers.map(({ purpose, command }) => `${purpose}: ${command}`)];
}
