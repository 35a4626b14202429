import { afterEach, describe, expect, it, vi } from 'vitest';
import { onStopSignal } from '../../src/process/signals.js';

let release: (() => void) | undefined;
afterEach(() => {
  release?.();
  vi.restoreAllMocks();
});

describe('a signal to stop', () => {
  it('stops once; the second ends the process', () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    const stop = vi.fn();
    release = onStopSignal(stop);
    process.emit('SIGTERM', 'SIGTERM');
    expect(stop).toHaveBeenCalledExactlyOnceWith('SIGTERM');
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
