import { AsyncLocalStorage } from 'node:async_hooks';

/** @type {Set<AsyncLocalStorage<unknown>>} */
const used = new Set();

/**
 * Before Node.js 24, every promise takes the value of every storage that was ever used, and those of
 * all earlier files of tests stay: a tenth of the processor's time went there.
 *
 * From now on it is known which storages are used.
 */
export function watchStorages() {
  const { prototype } = AsyncLocalStorage;
  for (const name of /** @type {const} */ (['run', 'enterWith'])) {
    const use = /** @type {(...given: unknown[]) => unknown} */ (Reflect.get(prototype, name));
    /**
     * @this {AsyncLocalStorage<unknown>}
     * @param {unknown[]} given
     */
    const watched = function (...given) {
      used.add(this);
      return Reflect.apply(use, this, given);
    };
    Reflect.set(prototype, name, watched);
  }
}

/** Ends those that were used. */
export function endStorages() {
  for (const storage of used) storage.disable();
  used.clear();
}
