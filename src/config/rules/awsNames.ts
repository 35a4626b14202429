import type { Breach } from '../findings.js';
import { quoted } from '../printable.js';
import type { Facts, Said } from './facts.js';
import type { Rule } from './rule.js';

/** A kind of text that AWS accepts in one form only. */
interface Form {
  code: string;
  /** With its article. */
  noun: string;
  pattern: RegExp;
  /** The form in words: a sentence. */
  remedy: string;
  texts: (facts: Facts) => (Said<string> | undefined)[];
}

const FUNCTION_NAME: Form = {
  code: 'function-name',
  noun: 'a function name',
  pattern: /^[\w-]{1,64}$/,
  remedy: 'Use 1 to 64 letters, digits, hyphens and underscores, without ARN or version.',
  texts: (facts) => facts.packages.map((each) => each.functionName),
};

const ALIAS_NAME: Form = {
  code: 'alias-name',
  noun: 'an alias name',
  pattern: /^(?!\d+$)[\w-]{1,128}$/,
  remedy: 'Use 1 to 128 letters, digits, hyphens and underscores, not digits alone.',
  texts: (facts) => facts.aliases.map((alias) => alias.name),
};

const ROLE_ARN: Form = {
  code: 'role-arn',
  noun: 'the ARN of a role',
  pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/,
  remedy: 'Write it like arn:aws:iam::111111111111:role/NameOfTheRole.',
  texts: (facts) => [
    ...(facts.targets ?? []).map((target) => target.deployRole),
    ...(facts.functions ?? []).map((each) => each.role),
  ],
};

const REGION: Form = {
  code: 'region',
  noun: 'a region',
  pattern: /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/,
  remedy: 'Write it like us-east-1.',
  texts: (facts) => (facts.targets ?? []).map((target) => target.region),
};

const BUCKET_NAME: Form = {
  code: 'bucket-name',
  noun: 'the name of a bucket',
  pattern: /^(?!.*\.\.)[A-Za-z0-9][\w.-]{1,61}[A-Za-z0-9]$/,
  remedy: 'Use 3 to 63 letters, digits, hyphens and dots.',
  texts: (facts) => facts.packages.map((each) => each.bucket),
};

const HANDLER: Form = {
  code: 'handler',
  noun: 'a handler',
  pattern: /^\S{1,128}$/,
  remedy: 'Use 1 to 128 characters without white space, such as index.handler.',
  texts: (facts) => (facts.functions ?? []).map((each) => each.settings.handler),
};

const RUNTIME: Form = {
  code: 'runtime',
  noun: 'a runtime',
  pattern: /^[a-z][a-z0-9.]{1,63}$/,
  remedy: "Use Lambda's name for the runtime, such as nodejs22.x.",
  texts: (facts) => (facts.functions ?? []).map((each) => each.settings.runtime),
};

const VARIABLE_NAME: Form = {
  code: 'variable-name',
  noun: 'the name of an environment variable',
  pattern: /^[A-Za-z]\w+$/,
  remedy: 'Begin with a letter, and go on with at least one letter, digit or underscore.',
  texts: (facts) => (facts.functions ?? []).flatMap((each) => each.settings.variables),
};

const LAYER_ARN: Form = {
  code: 'layer-arn',
  noun: "the ARN of a layer's version",
  pattern: /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[\w-]{1,140}:\d+$/,
  remedy: 'Write it like arn:aws:lambda:us-east-1:111111111111:layer:name:1.',
  texts: (facts) => (facts.functions ?? []).flatMap((each) => each.settings.layers),
};

/** What AWS would refuse for its form, after the deployment has begun. */
export const awsNames: Rule[] = [
  FUNCTION_NAME,
  ALIAS_NAME,
  ROLE_ARN,
  REGION,
  BUCKET_NAME,
  HANDLER,
  RUNTIME,
  VARIABLE_NAME,
  LAYER_ARN,
].map((form) => ({
  code: form.code,
  breaches: (facts) => form.texts(facts).flatMap((text) => badForm(text, form)),
}));

function badForm(text: Said<string> | undefined, { pattern, noun, remedy }: Form): Breach[] {
  if (text === undefined || pattern.test(text.value)) return [];
  const message = `${quoted(text.value)} is not ${noun} that AWS accepts.`;
  return [{ place: text.place, message, remedy }];
}
