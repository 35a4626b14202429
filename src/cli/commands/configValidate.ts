import { randomUUID } from 'node:crypto';
import {
  loadDeploymentFile,
  readDeployment,
  UnreadableFile,
  type Adjustments,
  type DeploymentTexts,
} from '../../config/index.js';
import { defined } from '../../domain/defined.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import { standardInput } from '../deploymentSource.js';
import { type CheckedFile, REPORTS } from '../view/validation.js';

export interface ConfigValidateOptions {
  /** `-` for standard input. */
  files: readonly string[];
  asked: Adjustments;
  strict?: boolean;
  output: keyof typeof REPORTS;
}

/** `sluice config validate`. Every file is checked, whatever is wrong with the others. */
export async function configValidate(
  { files, asked, strict = false, output }: ConfigValidateOptions,
  console: Console,
): Promise<ExitReason> {
  const checked: CheckedFile[] = [];
  for (const file of files) {
    const source = await read(file, console);
    checked.push(check(source, { file, asked, strict }));
  }
  console.out(REPORTS[output](checked, console.colours));
  return checked.every(({ valid }) => valid) ? 'succeeded' : 'usage';
}

type InputFile = DeploymentTexts | { file: string; problem: string };

function check(
  source: InputFile,
  { file, asked, strict }: { file: string; asked: Adjustments; strict: boolean },
): CheckedFile {
  if ('problem' in source) return { ...source, valid: false, diagnostics: [], text: '' };
  const { text, name = file } = source;
  const { plan, diagnostics, includedTexts } = readDeployment(source, {
    ...asked,
    deploymentId: randomUUID(),
  });
  return {
    file: name,
    text: typeof text === 'string' ? text : new TextDecoder().decode(text),
    includedTexts,
    valid: plan !== undefined && !(strict && diagnostics.length > 0),
    diagnostics,
    ...defined({ plan }),
  };
}

async function read(file: string, console: Console): Promise<InputFile> {
  if (file === '-') return standardInput(console);
  try {
    return await loadDeploymentFile(file);
  } catch (error) {
    if (error instanceof UnreadableFile) return { file, problem: error.message };
    throw error;
  }
}
