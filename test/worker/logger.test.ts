import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../../src/worker/logger.js';

function logging() {
  const lines: string[] = [];
  const clock = { now: 0 };
  const logger = createLogger(
    (line) => lines.push(line),
    () => clock.now,
  );
  const entries = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, lines, clock, entries };
}

describe("the worker's log", () => {
  it('is a line of JSON for each entry', () => {
    const { logger, lines, entries } = logging();
    logger.info('started', { taskQueue: 'sluice', count: 3n });
    logger.debug('unheard');
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(entries()).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        level: 'INFO',
        message: 'started',
        taskQueue: 'sluice',
        count: '3',
      },
    ]);
  });

  it('has what is known of an error, but not what it carries', () => {
    const { logger, entries } = logging();
    const error = Object.assign(new Error('refused'), { details: ['a secret'] });
    logger.warn('Activity failed', { error });
    expect(entries()[0]).toMatchObject({ error: { name: 'Error', message: 'refused' } });
    expect(JSON.stringify(entries())).not.toContain('a secret');
  });

  it('reports once a minute that Temporal is away, and everything else every time', () => {
    const { logger, lines, clock } = logging();
    const away = (attempt: number) =>
      logger.warn(`gRPC call poll_activity_task_queue retried ${attempt} times`);
    away(5);
    away(6);
    logger.warn('something else');
    logger.warn('something else');
    expect(lines).toHaveLength(3);
    clock.now = 60_000;
    away(7);
    expect(lines).toHaveLength(4);
  });
});
