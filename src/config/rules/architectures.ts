import { quoted } from '../printable.js';
import type { Rule } from './rule.js';

const ARCHITECTURES = ['x86_64', 'arm64'];

/** Lambda takes a list, and in it one architecture. */
export const architectures: Rule = {
  code: 'architectures',
  breaches: ({ functions = [] }) =>
    functions.flatMap(({ settings }) => {
      const { value = [], place } = settings.architectures ?? {};
      const [only = '', ...others] = value;
      if (place === undefined || (others.length === 0 && ARCHITECTURES.includes(only))) return [];
      const message = `A function has one architecture, x86_64 or arm64, not [${value.map(quoted).join(', ')}].`;
      return [{ place, message, remedy: 'Write [x86_64] or [arm64].' }];
    }),
};
