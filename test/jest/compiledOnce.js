import vm from 'node:vm';

/**
 * @typedef {(...args: unknown[]) => Promise<vm.Module>} Importer
 *
 * @typedef {object} Compiled
 * @property {string} code
 * @property {vm.Script} script
 * @property {Importer} importer - of the file of tests that runs: its modules are what `import()` gives
 */

const { compileFunction } = vm;

/** @type {Map<string, Compiled>} */
const known = new Map();

/**
 * jest compiles every CommonJS module anew for each file of tests, and those of AWS and Temporal are a
 * thousand. A script runs in as many contexts as one likes: what this process has compiled once, with
 * all functions of it that ever ran, is used again.
 */
export function compileOnce() {
  vm.compileFunction = (code, parameters = [], options = {}) => {
    const { filename, parsingContext, importModuleDynamically } = options;
    if (filename === undefined || parsingContext === undefined || code.startsWith('#!')) {
      return compileFunction(code, parameters, options);
    }
    const importer = /** @type {Importer} */ (importModuleDynamically);
    let compiled = known.get(filename);
    if (compiled?.code !== code) {
      compiled = compile(code, parameters, filename, importer);
      known.set(filename, compiled);
    }
    compiled.importer = importer;
    /** @type {ReturnType<typeof compileFunction>} */
    const wrapped = compiled.script.runInContext(parsingContext);
    return wrapped;
  };
}

/**
 * @param {string} code
 * @param {readonly string[]} parameters
 * @param {string} filename
 * @param {Importer} importer
 * @returns {Compiled}
 */
function compile(code, parameters, filename, importer) {
  // On the first line, so that lines keep their numbers.
  const before = `(function (${parameters.join(', ')}) {`;
  const script = new vm.Script(`${before}${code}\n})`, {
    filename,
    columnOffset: -before.length,
    importModuleDynamically: (...args) => compiled.importer(...args),
  });
  /** @type {Compiled} */
  const compiled = { code, script, importer };
  return compiled;
}
