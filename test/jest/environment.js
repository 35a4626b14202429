import { setFlagsFromString } from 'node:v8';
import { TestEnvironment } from 'jest-environment-node';
import { compileOnce } from './compiledOnce.js';
import { endStorages, watchStorages } from './storages.js';

compileOnce();
watchStorages();

// A process of tests would go on without its runner, and with it all that it has started.
if (process.connected) setInterval(() => process.connected || process.exit(1), 1000).unref();

// V8 of Node.js 20 optimizes a function soon, while each file of tests has functions of its own, which
// seldom run for long: a tenth of the processor's time went there. Its default is 66 KiB of bytecode
// that was run. Later releases have no such flag.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=528000');

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

  /** @override */
  async teardown() {
    await super.teardown();
    endStorages();
  }
}
