import { randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import type {
  Adjustments,
  DeploymentTexts,
  Diagnostic,
  ForTargets,
  ReadDeployment,
} from '../config/index.js';
import type { Plan } from '../domain/plan.js';
import { terminal, TerminalText } from '../domain/terminalText.js';
import { messageOf, SluiceError } from '../errors.js';
import { InvalidDeploymentError, InvalidFileError } from './errors.js';

/** Where a plan comes from: a file, its text, what a parser made of it, or a plan as it is. */
export type PlanSource = FileSource | ParsedSource | { plan: Plan };

/**
 * A deployment that was parsed already, and what is asked for beside it. Whole numbers and booleans
 * are text where the language has text, as they are in files; a fraction is not, because 1.10 has
 * become 1.1.
 */
export interface ParsedSource {
  /** What a YAML or JSON parser gives for a deployment file. */
  parsed: unknown;
  /** Goes before the deployment's own context and targetFilters. */
  asked?: Adjustments;
}

/** A deployment file, and what is asked for beside it. */
export type FileSource = {
  /** Goes before the file's own context and targetFilters. */
  asked?: Adjustments;
} & (
  | {
      /** Path of a deployment file. */
      file: string;
    }
  | {
      /** A deployment file's text or bytes. */
      text: string | Uint8Array;
      /**
       * What messages call it.
       *
       * @default 'deployment'
       */
      fileName?: string;
      /**
       * The texts of the files that it includes, and of those that these include, by their paths
       * from its folder, such as `../shared/webhooks.yaml`.
       */
      included?: Readonly<Record<string, string | Uint8Array>>;
    }
);

/** A deployment file that was read already, with what it includes. */
export interface ReadSource {
  texts: DeploymentTexts;
  asked?: Adjustments;
}

export interface FoundPlan {
  plan: Plan;
  /** What somebody should look at although the file can be deployed, for a person. */
  warnings: (options: { colour: boolean }) => TerminalText;
}

/** A plan of a file, with what was found in the file. */
export interface PlanOfFile extends FoundPlan {
  /** Warnings, in the order of the file. */
  diagnostics: readonly Diagnostic[];
  /** What the file says at its targets, and where. */
  forTargets: ForTargets;
}

/**
 * Plans that this process has made of a deployment file: the rules have seen them. Nobody outside
 * of Sluice gets hold of one, and a copy that somebody changes is another object.
 */
const ofFiles = new WeakSet<Plan>();

/**
 * The plan, checked. YAML and its rules are loaded only when there is something to read.
 *
 * @throws InvalidFileError, or InvalidDeploymentError for a parsed object
 * @throws SluiceError `invalidPlan`
 */
export async function findPlan(source: PlanSource | ReadSource): Promise<FoundPlan> {
  if ('texts' in source) return readPlan(source);
  assertSource(source);
  if ('plan' in source) {
    const plan = ofFiles.has(source.plan) ? source.plan : await checked(source.plan);
    return { plan, warnings: () => terminal`` };
  }
  return 'parsed' in source ? fromParsed(source) : readPlan(source);
}

/** Whoever writes JavaScript is told by nobody else. */
function assertSource(source: PlanSource): void {
  const { file, text, included, ...other } = source as Record<string, unknown>;
  if (!Object.values(included ?? {}).every(isText))
    throw new SluiceError(
      'invalidArguments',
      'Give the texts or bytes of the files that are included, by their paths, as `included`.',
    );
  const isFile = typeof file === 'string';
  if (isFile || isText(text) || 'plan' in other || 'parsed' in other) return;
  throw new SluiceError(
    'invalidArguments',
    'Say what is to be deployed: the path of a file as `file`, its text or bytes as `text`, what a ' +
      'parser made of it as `parsed`, or a `plan`.',
  );
}

function isText(value: unknown): value is string | Uint8Array {
  return typeof value === 'string' || value instanceof Uint8Array;
}

/**
 * What a file means.
 *
 * @param fileName - what messages call it, where that is not its path
 *
 * @throws InvalidFileError
 */
export async function readPlan(
  source: FileSource | ReadSource,
  fileName?: string,
): Promise<PlanOfFile> {
  const texts = 'texts' in source ? source.texts : await textsOf(source, fileName);
  return fromTexts(texts, source.asked);
}

async function textsOf(source: FileSource, fileName?: string): Promise<DeploymentTexts> {
  if ('file' in source) return load(source.file, fileName);
  const { text, included = {} } = source;
  const byPath = Object.entries(included).map(([path, text]) => [posix.join(path), text] as const);
  return { text, name: fileName ?? source.fileName ?? 'deployment', included: new Map(byPath) };
}

const loadConfig = () => import('../config/index.js');
let loading: ReturnType<typeof loadConfig> | undefined;

/** What knows the language of the files. It takes a while to load, and not everybody deploys. */
const config = () => (loading ??= loadConfig());

async function checked(plan: unknown): Promise<Plan> {
  const { checkPlan } = await config();
  const result = checkPlan(plan);
  if ('plan' in result) return result.plan;
  throw cannotBeDeployed(result.problems);
}

function cannotBeDeployed(problems: readonly string[]): SluiceError {
  const lines = problems.map((problem) => `- ${problem}`);
  return new SluiceError('invalidPlan', ['The plan cannot be deployed:', ...lines].join('\n'));
}

async function fromParsed({ parsed, asked = {} }: ParsedSource): Promise<FoundPlan> {
  const { readParsed } = await config();
  const { plan, problems } = readParsed(parsed, { ...asked, deploymentId: randomUUID() });
  if (plan === undefined) throw new InvalidDeploymentError(problems);
  ofFiles.add(plan);
  return {
    plan,
    warnings: () => TerminalText.of(problems.map(({ message }) => message).join('\n')),
  };
}

async function load(file: string, name?: string): Promise<DeploymentTexts> {
  const { loadDeploymentFile } = await config();
  try {
    return await loadDeploymentFile(file, name);
  } catch (cause) {
    throw new InvalidFileError([], () => TerminalText.of(messageOf(cause)), { cause });
  }
}

async function fromTexts(
  texts: DeploymentTexts,
  adjustments: Adjustments = {},
): Promise<PlanOfFile> {
  const { readDeployment } = await config();
  const read = readDeployment(texts, { ...adjustments, deploymentId: randomUUID() });
  const render = await renderer(texts, read);
  const { plan, diagnostics, forTargets } = read;
  if (plan === undefined || forTargets === undefined)
    throw new InvalidFileError(diagnostics, render);
  ofFiles.add(plan);
  return { plan, warnings: render, diagnostics, forTargets };
}

async function renderer(
  { text: source, name: fileName = 'deployment' }: DeploymentTexts,
  { diagnostics, includedTexts }: ReadDeployment,
): Promise<FoundPlan['warnings']> {
  const { renderDiagnostics } = await config();
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  return ({ colour }) =>
    renderDiagnostics(diagnostics, { fileName, text, includedTexts, colour }).trimEnd();
}

/** How strict a deployment is about what may be a mistake. */
export interface Strictness {
  /**
   * Whether a target fails whose packages have other bytes than those of other targets for the same
   * function.
   *
   * @default what the plan says, and else only a warning
   */
  strictArtifacts?: boolean;
}

export function strictly(plan: Plan, { strictArtifacts }: Strictness): Plan {
  if (strictArtifacts === undefined) return plan;
  const strict = { ...plan, strictArtifacts };
  if (ofFiles.has(plan)) ofFiles.add(strict);
  return strict;
}
