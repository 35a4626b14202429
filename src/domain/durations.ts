/** A time for a person: `1 h 5 min`, `1 min 30 s`, `0 s`. */
export function durationText(ms: number): string {
  if (!Number.isFinite(ms)) return 'endless';
  if (ms < 0) return `-${durationText(-ms)}`;
  const parts = [
    [Math.floor(ms / 3_600_000), 'h'],
    [Math.floor(ms / 60_000) % 60, 'min'],
    [(ms % 60_000) / 1000, 's'],
  ] as const;
  const text = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return text.length === 0 ? '0 s' : text.join(' ');
}
