import { RECURSIVE_LOOP, UPDATE_RUNTIME_ON, type FunctionWide } from './functionWide.js';
import { sameValue } from './sameValue.js';

/** What belongs to a whole function, as it was found: only what a plan names is looked at. */
export interface WideState extends Omit<FunctionWide, 'tags'> {
  /** Of the keys that the plan names; null where there is no such tag. */
  tags?: Record<string, string | null>;
}

export type WideName = keyof FunctionWide;

export type WideValue<Name extends WideName = WideName> = Required<WideState>[Name];

/** The requests that change it. */
export type WideOperation =
  | 'TagResource'
  | 'UntagResource'
  | 'PutFunctionConcurrency'
  | 'DeleteFunctionConcurrency'
  | 'PutRuntimeManagementConfig'
  | 'PutFunctionRecursionConfig';

/** What a deployment has to know of one setting of a whole function. */
interface WideSetting<Name extends WideName> {
  /** Its name in a sentence. */
  said: string;
  /** What a function has before anybody gives it something, of what is wanted. */
  byDefault: (wanted: WideValue<Name>) => WideValue<Name>;
  /** Whether the keys of its value stand each for itself: some may be somebody else's. */
  byKey: WideValue<Name> extends Record<string, string | null> ? boolean : false;
  /** Whether CreateFunction takes it. */
  withCreation: boolean;
  /** The requests that write a value, in their order. */
  operations: (value: WideValue<Name>) => WideOperation[];
}

/**
 * Everything that belongs to a whole function, in the order in which it is written. How AWS gives and
 * takes each is in src/activities/lambdaWide.ts, and how deployment files do in
 * src/config/written/functionWide.ts. None of them compiles while it lacks one.
 */
export const WIDE: { readonly [Name in WideName]: WideSetting<Name> } = {
  tags: {
    said: 'tags',
    byDefault: (wanted) => Object.fromEntries(Object.keys(wanted).map((key) => [key, null])),
    byKey: true,
    withCreation: true,
    operations: (tags) => {
      const values = Object.values(tags);
      return [
        ...(values.some((value) => value !== null) ? (['TagResource'] as const) : []),
        ...(values.includes(null) ? (['UntagResource'] as const) : []),
      ];
    },
  },
  reservedConcurrency: {
    said: 'reserved concurrency',
    byDefault: () => 'none',
    byKey: false,
    withCreation: false,
    operations: (reserved) => [
      reserved === 'none' ? 'DeleteFunctionConcurrency' : 'PutFunctionConcurrency',
    ],
  },
  runtimeManagementConfig: {
    said: 'runtime management',
    byDefault: () => ({ updateRuntimeOn: UPDATE_RUNTIME_ON[0] ?? '' }),
    byKey: false,
    withCreation: false,
    operations: () => ['PutRuntimeManagementConfig'],
  },
  recursiveLoop: {
    said: 'handling of recursive loops',
    byDefault: () => RECURSIVE_LOOP[0] ?? '',
    byKey: false,
    withCreation: false,
    operations: () => ['PutFunctionRecursionConfig'],
  },
};

export const WIDE_NAMES = Object.keys(WIDE) as WideName[];

/** As parts of a sentence: `tags and reserved concurrency`. */
export function wideText(names: readonly WideName[]): string {
  const said = WIDE_NAMES.filter((name) => names.includes(name)).map((name) => WIDE[name].said);
  return [said.slice(0, -1).join(', '), ...said.slice(-1)]
    .filter((text) => text !== '')
    .join(' and ');
}

/** What a function that does not exist yet has as soon as it does, of what is wanted. */
export function wideByDefault(wanted: FunctionWide): WideState {
  return made(wanted, (name, value) => defaultOf(name, value));
}

function defaultOf<Name extends WideName>(name: Name, wanted: WideValue<Name>): WideValue<Name> {
  return WIDE[name].byDefault(wanted);
}

/** Some of it, by its names. */
export function pickWide(state: WideState, names: readonly WideName[]): WideState {
  return made(state, (name, value) => (names.includes(name) ? value : undefined));
}

/** The names of what is wanted and not so. */
export function differingWide(found: WideState, wanted: WideState): WideName[] {
  return WIDE_NAMES.filter((name) => {
    const value = wanted[name];
    return value !== undefined && wideDifference(name, found[name], value) !== undefined;
  });
}

/** What is wanted and not so; undefined where all of it is. */
export function wideDifference(
  name: WideName,
  found: WideValue | undefined,
  wanted: WideValue,
): WideValue | undefined {
  const parts = partsOf(name, found);
  return wholeOf(name, partsOf(name, wanted), (part, value) => !isSame(parts[part], value));
}

/** What is found that is neither wanted nor what was before; undefined where nothing is. */
export function foreignWide(
  name: WideName,
  found: WideValue,
  { before, wanted }: { before: WideValue; wanted: WideValue },
): WideValue | undefined {
  const [old, now] = [partsOf(name, before), partsOf(name, wanted)];
  return wholeOf(
    name,
    partsOf(name, found),
    (part, value) => !isSame(value, old[part]) && !isSame(value, now[part]),
  );
}

/** A value without those of its parts that another value has. */
export function withoutWide(
  name: WideName,
  value: WideValue | undefined,
  other: WideValue | undefined,
): WideValue | undefined {
  const others = partsOf(name, other);
  return wholeOf(name, partsOf(name, value), (part) => !Object.hasOwn(others, part));
}

/** A value with no more of its parts than another value has. */
export function alongside(
  name: WideName,
  value: WideValue | undefined,
  other: WideValue | undefined,
): WideValue | undefined {
  const others = partsOf(name, other);
  return wholeOf(name, partsOf(name, value), (part) => Object.hasOwn(others, part));
}

/** Which requests bring about that all of this is so, each once. */
export function wideOperations(changes: WideState): WideOperation[] {
  const each = WIDE_NAMES.flatMap((name) => {
    const value = changes[name];
    return value === undefined ? [] : operationsOf(name, value);
  });
  return [...new Set(each)];
}

function operationsOf<Name extends WideName>(name: Name, value: WideValue<Name>): WideOperation[] {
  return WIDE[name].operations(value);
}

/** What of all that is wanted is not so. */
export function wideChanges(found: WideState, wanted: WideState): WideState {
  return made(wanted, (name, value) => wideDifference(name, found[name], value));
}

function made(
  wanted: WideState,
  make: (name: WideName, value: WideValue) => WideValue | undefined,
): WideState {
  const entries = WIDE_NAMES.flatMap((name) => {
    const value = wanted[name];
    const part = value === undefined ? undefined : make(name, value);
    return part === undefined ? [] : [[name, part] as const];
  });
  return Object.fromEntries(entries);
}

/** What stands for itself in a value: each of its keys, or all of it. */
function partsOf(name: WideName, value: WideValue | undefined): Record<string, unknown> {
  if (value === undefined) return {};
  return WIDE[name].byKey ? (value as Record<string, unknown>) : { [name]: value };
}

function wholeOf(
  name: WideName,
  parts: Record<string, unknown>,
  isMeant: (part: string, value: unknown) => boolean,
): WideValue | undefined {
  const meant = Object.entries(parts).filter(([part, value]) => isMeant(part, value));
  if (meant.length === 0) return undefined;
  return (WIDE[name].byKey ? Object.fromEntries(meant) : meant[0]?.[1]) as WideValue;
}

function isSame(one: unknown, other: unknown): boolean {
  return sameValue(one, other, 'ordered');
}
