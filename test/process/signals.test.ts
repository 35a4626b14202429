import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { onStopSignal } from '../../src/process/signals.js';

let release: (() => void) | undefined;
afterEach(() => {
  release?.();
});

describe('a signal to stop', () => {
  it('stops once; the second ends the process', () => {
    const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    const stop = jest.fn();
    release = onStopSignal(stop);
    process.emit('SIGTERM', 'SIGTERM');
    expect(stop.mock.calls).toEqual([['SIGTERM']]);
    expect(exit).not.toHaveBeenCalled();
    process.emit('SIGINT', 'SIGINT');
    expect(exit).toHaveBeenCalledWith(130);
  });

  it('is left to others afterwards', () => {
    const before = process.listenerCount('SIGTERM');
    onStopSignal(() => undefined)();
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});
