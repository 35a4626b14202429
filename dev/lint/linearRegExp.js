import { checkSync } from 'recheck';

/** How long one may be analysed, in milliseconds. Most take a few. */
const TIMEOUT = 60_000;

/**
 * Regular expressions whose time grows faster than the text: with a text from outside, one of them
 * stops the process for everybody. One that is put together when the program runs cannot be
 * analysed; a class of characters that is taken over from another one can only be as slow as that.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const linearRegExp = {
  meta: {
    type: 'problem',
    messages: {
      slow: 'This takes {{ complexity }} time, for texts like {{ attack }}. Make it linear.',
      unknown: 'Whether this takes linear time could not be found out: {{ reason }}.',
      dynamic: 'Write it as a literal: one that is put together cannot be analysed.',
    },
  },
  create(context) {
    /**
     * @param {import('estree').Node} node
     * @param {string} source
     * @param {string} flags
     */
    const check = (node, source, flags) => {
      const found = checkSync(source, flags, { timeout: TIMEOUT });
      if (found.status === 'safe') return;
      if (found.status === 'unknown') {
        context.report({ node, messageId: 'unknown', data: { reason: found.error.kind } });
        return;
      }
      const { complexity, attack } = found;
      const data = { complexity: complexity.summary, attack: attack.pattern.slice(0, 100) };
      context.report({ node, messageId: 'slow', data });
    };
    /** @param {import('estree').CallExpression | import('estree').NewExpression} node */
    const checkCall = (node) => {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'RegExp') return;
      const [source, flags] = node.arguments;
      if (isText(source) && (flags === undefined || isText(flags))) {
        check(node, String(source.value), flags === undefined ? '' : String(flags.value));
      } else if (!isSourceOfAnother(source)) context.report({ node, messageId: 'dynamic' });
    };
    return {
      Literal(node) {
        if ('regex' in node) check(node, node.regex.pattern, node.regex.flags);
      },
      CallExpression: checkCall,
      NewExpression: checkCall,
    };
  },
};

/**
 * @param {import('estree').Node | undefined} node
 * @returns {node is import('estree').SimpleLiteral}
 */
function isText(node) {
  return node?.type === 'Literal' && typeof node.value === 'string';
}

/**
 * `OTHER.source`.
 *
 * @param {import('estree').Node | undefined} node
 */
function isSourceOfAnother(node) {
  if (node?.type !== 'MemberExpression' || node.property.type !== 'Identifier') return false;
  return node.property.name === 'source';
}
