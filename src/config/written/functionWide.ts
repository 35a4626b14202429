import { z } from 'zod';
import { RECURSIVE_LOOP, UPDATE_RUNTIME_ON, type FunctionWide } from '../../domain/functionWide.js';
import { MAX_TAGS, MAX_TAG_KEY, MAX_TAG_VALUE, TAG_KEY } from '../../domain/tagRules.js';
import { RUNTIME_VERSION_ARN } from '../forms.js';
import { freeText, orTemplate, TEMPLATE, templated, told } from './words.js';

/** What a file says of a whole function. */
export interface WrittenWide extends Omit<FunctionWide, 'reservedConcurrency'> {
  /** A number may be written as text, as one that is filled in is. */
  reservedConcurrency?: number | string;
}

/** Everything that belongs to a whole function, in the order of the language. */
export const wideShape = {
  tags: told(
    z.record(
      z.string(),
      freeText('text; "" is the empty text', { editor: { maxLength: MAX_TAG_VALUE } }),
    ),
    'a mapping of tags to their values',
    {
      help: 'Tags of the function. Those that are not named stay as they are.',
      examples: [{ team: 'checkout' }],
      editor: {
        propertyNames: { pattern: TAG_KEY.source, maxLength: MAX_TAG_KEY },
        maxProperties: MAX_TAGS,
      },
    },
  ).exactOptional(),
  reservedConcurrency: told(z.union([z.int(), z.string()]), 'a whole number from 0 on, or none', {
    help: 'How many invocations may run at once, kept for this function. 0 stops all; none keeps none.',
    examples: [50, 'none'],
    editor: {
      anyOf: [
        { type: 'integer', minimum: 0 },
        { type: 'string', pattern: orTemplate('^(none|[0-9]{1,9})$') },
      ],
    },
  }).exactOptional(),
  runtimeManagementConfig: told(
    z.strictObject({
      updateRuntimeOn: told(z.string(), UPDATE_RUNTIME_ON.join(', '), {
        help: 'When Lambda moves the function to a newer version of its runtime.',
        editor: { anyOf: [{ enum: UPDATE_RUNTIME_ON }, { pattern: TEMPLATE }] },
      }),
      runtimeVersionArn: templated(RUNTIME_VERSION_ARN, 'the ARN of a version of a runtime', {
        help: 'The version of the runtime to stay at, with Manual.',
      }).exactOptional(),
    }),
    'a mapping with updateRuntimeOn',
    { help: 'When Lambda updates the runtime of $LATEST. Without it, that stays as it is.' },
  ).exactOptional(),
  recursiveLoop: told(z.string(), RECURSIVE_LOOP.join(' or '), {
    help: 'What Lambda does when the function invokes itself again and again.',
    editor: { anyOf: [{ enum: RECURSIVE_LOOP }, { pattern: TEMPLATE }] },
  }).exactOptional(),
} satisfies { [Name in keyof WrittenWide]-?: z.ZodType<Required<WrittenWide>[Name]> };
