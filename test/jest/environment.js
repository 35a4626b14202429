import { TestEnvironment } from 'jest-environment-node';

// A process of tests would go on without its runner, and with it all that it has started.
if (process.connected) setInterval(() => process.connected || process.exit(1), 1000).unref();

const isInstance = Function.prototype[Symbol.hasInstance];

/**
 * jest runs every file of tests in a context of its own, which has another `Error` than Node.js
 * itself: what `fs` throws would be no `instanceof Error` there. Here it is.
 */
export default class extends TestEnvironment {
  /** @param {ConstructorParameters<typeof TestEnvironment>} given */
  constructor(...given) {
    super(...given);
    for (const name of /** @type {const} */ (['Error', 'TypeError', 'AggregateError'])) {
      const [inner, outer] = [this.global[name], globalThis[name]];
      Object.defineProperty(inner, Symbol.hasInstance, {
        /** @param {unknown} error */
        value(error) {
          return isInstance.call(this, error) || (this === inner && isInstance.call(outer, error));
        },
      });
    }
  }
}
