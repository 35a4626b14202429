import { dirname, join, relative, resolve } from 'node:path';
import { root } from '../setup/paths.js';
import { directions } from './directions.js';

const src = join(root, 'src');

/**
 * @typedef {import('estree').ImportDeclaration | import('estree').ImportExpression
 *   | import('estree').ExportNamedDeclaration | import('estree').ExportAllDeclaration} Import
 */

/**
 * Keeps the imports of src/ to the table of directions.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const importDirections = {
  meta: {
    type: 'problem',
    messages: {
      forbidden: 'src/{{part}} may not import {{specifier}}. See dev/lint/directions.js.',
    },
  },
  create(context) {
    const part = partOf(context.filename);
    const allowed = directions[part];
    if (!allowed) return {};
    /** @param {Import} node */
    const check = (node) => {
      const specifier = node.source?.type === 'Literal' && node.source.value;
      if (typeof specifier !== 'string') return;
      const isAllowed = specifier.startsWith('.')
        ? partsFor(node, part, allowed).includes(
            partOf(resolve(dirname(context.filename), specifier)),
          )
        : allowed.packages.some((name) => isPackage(specifier, name));
      if (!isAllowed) context.report({ node, messageId: 'forbidden', data: { part, specifier } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

/**
 * @param {Import} node
 * @param {string} part
 * @param {import('./directions.js').Directions} allowed
 */
function partsFor(node, part, { parts, types = [] }) {
  return [part, ...parts, ...(isTypeOnly(node) ? types : [])];
}

/** @param {Import} node */
function isTypeOnly(node) {
  const kinds = /** @type {{ importKind?: string, exportKind?: string }} */ (node);
  return (kinds.importKind ?? kinds.exportKind) === 'type';
}

/**
 * The part of src/ that a file belongs to: `worker` has src/worker.ts and all of src/worker/. A
 * name that is in no table for a file outside.
 *
 * @param {string} file
 */
function partOf(file) {
  const [first = ''] = relative(src, file).split('/');
  return first.replace(/\.[jt]s$/, '');
}

/**
 * @param {string} specifier
 * @param {string} name from the table
 */
function isPackage(specifier, name) {
  return name.endsWith('*') ? specifier.startsWith(name.slice(0, -1)) : specifier === name;
}
