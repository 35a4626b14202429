import type {
  CallResult,
  MeasuredQuery,
  MeasureInput,
  WebhookInput,
} from '../../src/activities/deciding.js';
import type { Measurement } from '../../src/domain/analysis.js';

/** The systems that are asked, in memory: webhooks accept every call, and queries answer with 0. */
export class MemoryOutside {
  readonly calls: WebhookInput[] = [];
  readonly measured: MeasureInput[] = [];
  /** What the calls answer, one after the other; then they are accepted. */
  readonly results: CallResult[] = [];

  /**
   * @param run - from 1 on
   */
  answer = (_query: MeasuredQuery, _run: number): Measurement => ({ value: 0 });

  call(input: WebhookInput): CallResult {
    this.calls.push(input);
    return this.results.shift() ?? { status: 200 };
  }

  measure(input: MeasureInput): Measurement[] {
    this.measured.push(input);
    return input.queries.map((query) => this.answer(query, this.measured.length));
  }
}
