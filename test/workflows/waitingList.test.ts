import { describe, expect, it } from '@jest/globals';
import type { LatestRun } from '../../src/domain/queue.js';
import { WaitingList } from '../../src/workflows/queue/waitingList.js';
import { plan } from '../support/plans.js';

function emptyList(): WaitingList {
  return new WaitingList('shop', { released: [], dropped: [] }, () => {});
}

const request = (deploymentId: string) => ({ plan: plan([], { deploymentId }) });

describe('of two that are queued, whose plans are checked side by side', () => {
  it('the one that came first does not take the place of the other', () => {
    const list = emptyList();
    const [first, second] = [list.arrive(), list.arrive()];
    list.add(request('second'), second);
    const late = list.add(request('first'), first);
    expect(late.left).toMatchObject({
      dropped: { reason: 'replaced', by: { deploymentId: 'second' } },
    });
    expect(list.state.waiting).toMatchObject({ deploymentId: 'second' });
  });

  it('the one that came first does not run after the other', () => {
    const list = emptyList();
    const [first, second] = [list.arrive(), list.arrive()];
    const place = list.add(request('second'), second);
    list.take();
    list.release(place, 'run');
    const late = list.add(request('first'), first);
    expect(late.left).toMatchObject({
      dropped: { reason: 'superseded', by: { deploymentId: 'second' } },
    });
    expect(list.state.waiting).toBeNull();
  });
});

describe('a deployment that is asked for again after its turn', () => {
  const running = { runId: 'run', isOpen: true, startedAt: '2026-05-04T10:00:00.000Z' };

  it('takes no place from what waits until it has ended', () => {
    const list = emptyList();
    list.add(request('waits'), list.arrive());
    list.waitFor({ ...running, deploymentId: 'runs' });
    const again = list.add(request('runs'), list.arrive());
    expect(again.left).toEqual({ state: 'started', runId: 'run' });
    expect(list.state.waiting).toMatchObject({ deploymentId: 'waits' });
  });

  it('is told of its run', () => {
    const list = emptyList();
    const again = list.add(request('runs'), list.arrive());
    expect(list.isOwn({ ...running, deploymentId: 'another' })).toBe(false);
    expect(list.isOwn({ ...running, deploymentId: 'runs' })).toBe(true);
    list.adopt({ ...running, deploymentId: 'runs' });
    expect(list.answer(again)).toMatchObject({ state: 'started', runId: 'run' });
    expect(list.state).toMatchObject({ waiting: null, released: [{ deploymentId: 'runs' }] });
  });
});

describe('a run that was started past the queue', () => {
  it('is newer also when it began while the plan was being checked', () => {
    const list = emptyList();
    const { number } = list.arrive();
    list.add(request('queued'), { number, at: '2026-05-04T10:00:00.000Z' });
    const run = (runId: string, startedAt: string): LatestRun => ({
      runId,
      isOpen: false,
      startedAt,
    });
    expect(list.isNewer(run('after', '2026-05-04T10:00:00.500Z'))).toBe(true);
    expect(list.isNewer(run('before', '2026-05-04T09:59:59.500Z'))).toBe(false);
  });
});
