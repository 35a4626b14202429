import { SETTING_WORDS } from '../../domain/settingParts.js';
import { quoted } from '../quoted.js';
import { nearest } from '../shape/nearest.js';
import { exampleOption } from './exampleParts.js';
import type { Said, SettingsFact } from './facts.js';
import { hasPlaceholder } from './placeholders.js';
import type { Rule } from './rule.js';
import { fileSystemsOf, partOf } from './settingsFacts.js';

/** A text of a setting, and the words that AWS has for it. */
type Choice = readonly [text: Said<string> | undefined, words: readonly string[]];

function choicesOf(settings: SettingsFact): Choice[] {
  const { tracingConfig, loggingConfig, snapStart } = settings;
  return [
    [partOf(tracingConfig, 'mode'), SETTING_WORDS.tracingMode],
    [partOf(loggingConfig, 'logFormat'), SETTING_WORDS.logFormat],
    [partOf(loggingConfig, 'applicationLogLevel'), SETTING_WORDS.applicationLogLevel],
    [partOf(loggingConfig, 'systemLogLevel'), SETTING_WORDS.systemLogLevel],
    [partOf(snapStart, 'applyOn'), SETTING_WORDS.snapStart],
    ...fileSystemsOf(settings).map(({ directS3Read }): Choice => [
      directS3Read,
      SETTING_WORDS.directS3Read,
    ]),
  ];
}

export const settingValue: Rule = {
  code: 'setting-value',
  inEditor: true,
  reason: 'AWS takes one of a few words here, in exactly these letters.',
  wrong: exampleOption('runtime: nodejs24.x', 'tracingConfig: {mode: active}'),
  right: exampleOption('runtime: nodejs24.x', 'tracingConfig: {mode: Active}'),
  breaches: ({ functions = [] }) =>
    functions
      .flatMap(({ settings }) => choicesOf(settings))
      .flatMap(([text, words]) => {
        if (text === undefined || words.includes(text.value) || hasPlaceholder(text.value))
          return [];
        const meant = nearest(text.value, words);
        return [
          {
            place: text.place,
            message: `${quoted(text.value)} is no value that AWS has for this.`,
            remedy: meant
              ? `Did you mean ${quoted(meant)}?`
              : `Write one of ${words.map(quoted).join(', ')}.`,
          },
        ];
      }),
};
