import { describe, expect, it } from '@jest/globals';
import { oldVersions } from '../../src/domain/oldVersions.js';

const DAY = 24 * 60 * 60_000;
const NOW = Date.parse('2026-06-30T00:00:00Z');

/** Versions from 1 on, each made so many days ago. */
const made = (...daysAgo: number[]) =>
  daysAgo.map((days, index) => ({
    version: String(index + 1),
    modifiedAt: new Date(NOW - days * DAY).toISOString().replace('Z', '+0000'),
  }));

const old = (
  published: ReturnType<typeof made>,
  { keep = 2, named = [] as string[], remembered = 30 } = {},
) =>
  oldVersions(published, {
    keep,
    named: new Set(named),
    rememberedMs: remembered * DAY,
    now: NOW,
  });

describe('old versions', () => {
  it('are those before the newest, the oldest first', () => {
    const versions = made(...Array.from({ length: 12 }, (_, index) => 100 - index));
    expect(old(versions, { keep: 10 })).toEqual(['1', '2']);
    expect(old(versions.reverse(), { keep: 2 })).toHaveLength(10);
  });

  it('are none that anything names', () => {
    expect(old(made(100, 99, 98, 97), { named: ['1'] })).toEqual(['2']);
  });

  it('are none that may have served within the time that Temporal remembers', () => {
    // The second served until yesterday, when the third was made.
    expect(old(made(100, 90, 1, 0))).toEqual(['1']);
  });

  it('are none of which AWS does not say when they were made', () => {
    const versions = made(100, 99, 98, 97).map((one) => ({ ...one, modifiedAt: '' }));
    expect(old(versions)).toEqual([]);
  });

  it('are none where Temporal forgets nothing', () => {
    expect(old(made(900, 800, 700, 600), { remembered: Infinity })).toEqual([]);
  });
});
