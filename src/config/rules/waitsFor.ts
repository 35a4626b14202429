interface Ordered {
  name: string;
  dependsOn: readonly string[];
}

/**
 * Tells whether one target waits for another one, be it by way of further targets.
 *
 * @param targets - each after those that it depends on, unless there is a cycle
 */
export function waitsFor(targets: readonly Ordered[]): (target: string, other: string) => boolean {
  const bits = new Map(targets.map(({ name }, index) => [name, index]));
  const words = Math.ceil(targets.length / 32);
  // A bit for each target that is waited for: asking about every pair one by one would take long.
  const awaited = new Map<string, Uint32Array>();
  for (const { name, dependsOn } of targets) {
    const own = new Uint32Array(words);
    for (const dependency of dependsOn) {
      const bit = bits.get(dependency);
      if (bit !== undefined) own[bit >>> 5] = (own[bit >>> 5] ?? 0) | (1 << (bit & 31));
      awaited.get(dependency)?.forEach((word, index) => (own[index] = (own[index] ?? 0) | word));
    }
    awaited.set(name, own);
  }
  return (target, other) => {
    const bit = bits.get(other) ?? 0;
    return (((awaited.get(target)?.[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
  };
}
