import { randomUUID } from 'node:crypto';
import {
  loadDeploymentFile,
  readDeployment,
  UnreadableFile,
  type Adjustments,
} from '../../config/index.js';
import { defined } from '../../domain/defined.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
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
  for (const file of files) checked.push(check(await read(file, console), asked, strict));
  console.out(REPORTS[output](checked, console.colours));
  return checked.every(({ valid }) => valid) ? 'succeeded' : 'usage';
}

function check(source: InputFile, adjustments: Adjustments, strict: boolean): CheckedFile {
  if ('problem' in source) return { ...source, valid: false, diagnostics: [], text: '' };
  const { plan, diagnostics } = readDeployment(source.bytes, {
    ...adjustments,
    deploymentId: randomUUID(),
  });
  return {
    file: source.file,
    text: new TextDecoder().decode(source.bytes),
    valid: plan !== undefined && !(strict && diagnostics.length > 0),
    diagnostics,
    ...defined({ plan }),
  };
}

type InputFile = { file: string } & ({ bytes: Uint8Array } | { problem: string });

async function read(file: string, console: Console): Promise<InputFile> {
  if (file === '-') return { file: 'standard input', bytes: await console.readInput() };
  try {
    return { file, bytes: await loadDeploymentFile(file) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { file, problem: error.message };
    throw error;
  }
}
