import { dirname, join, relative, resolve } from 'node:path';
import { root } from '../setup/paths.js';
import { directions } from './directions.js';
import { mayImport, roomOf } from './rooms.js';

const src = join(root, 'src');

/**
 * @typedef {import('estree').ImportDeclaration | import('estree').ImportExpression
 *   | import('estree').ExportNamedDeclaration | import('estree').ExportAllDeclaration} Import
 * @typedef {import('./directions.js').Directions} Directions
 */

/** Keeps the imports of src/ to the table of directions. */
export const importDirections = importDirectionsBy(directions);

/**
 * @param {Record<string, Directions>} table
 * @returns {import('eslint').Rule.RuleModule}
 */
export function importDirectionsBy(table) {
  return {
    meta: {
      type: 'problem',
      messages: {
        forbidden: 'src/{{place}} may not import {{specifier}}. See dev/lint/directions.js.',
      },
    },
    create(context) {
      const part = partOf(context.filename);
      const allowed = table[part];
      if (!allowed) return {};
      /** @param {Import} node */
      const check = (node) => {
        const specifier = node.source?.type === 'Literal' && node.source.value;
        if (typeof specifier !== 'string') return;
        const forbidden = specifier.startsWith('.')
          ? forbiddenFile(node, context.filename, specifier, allowed)
          : !allowed.packages.some((name) => isPackage(specifier, name)) && part;
        if (forbidden === false) return;
        context.report({ node, messageId: 'forbidden', data: { place: forbidden, specifier } });
      };
      return {
        ImportDeclaration: check,
        ImportExpression: check,
        ExportNamedDeclaration: check,
        ExportAllDeclaration: check,
      };
    },
  };
}

/**
 * What may not import the file, if it may not: the part, or the room within the part.
 *
 * @param {Import} node
 * @param {string} from
 * @param {string} specifier
 * @param {Directions} allowed
 * @returns {string | false}
 */
function forbiddenFile(node, from, specifier, allowed) {
  const to = resolve(dirname(from), specifier);
  const part = partOf(from);
  if (!partsFor(node, part, allowed).includes(partOf(to))) return part;
  if (allowed.rooms === undefined || partOf(to) !== part) return false;
  const room = roomIn(part, from);
  return !mayImport(room, roomIn(part, to), allowed.rooms) && `${part}/${room}`;
}

/**
 * @param {string} part
 * @param {string} file
 */
function roomIn(part, file) {
  return roomOf(relative(join(src, part), file));
}

/**
 * @param {Import} node
 * @param {string} part
 * @param {Directions} allowed
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
