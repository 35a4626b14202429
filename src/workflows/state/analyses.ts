import type { AnalysisReport } from '../../domain/analysis.js';

/** How many are kept. */
const MAX_KEPT = 20;

/** The last analyses of a target, those that go on among them. */
export class Analyses {
  readonly #all: (() => AnalysisReport)[] = [];

  begin(report: () => AnalysisReport): void {
    this.#all.push(report);
    if (this.#all.length > MAX_KEPT) this.#all.shift();
  }

  get reports(): AnalysisReport[] {
    return this.#all.map((report) => report());
  }
}
