import { readPlan } from '../../client/planSource.js';
import type { Adjustments } from '../../config/index.js';
import { defined } from '../../domain/defined.js';
import { type AskedRole, roleOf } from '../../roles/asked.js';
import { roleOfPlan } from '../../roles/fromPlan.js';
import type { RoleOfFile } from '../../roles/role.js';
import { ROLE_ARN_OUTPUT, templateOf } from '../../roles/template.js';
import { terminal, TerminalText } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import { sourceOf } from '../deploymentSource.js';
import type { ExitReason } from '../exitCodes.js';
import { roleNotes } from '../view/roleNotes.js';

export interface CreateRoleOptions extends AskedRole {
  /** `-` for standard input. */
  file?: string;
  asked: Adjustments;
  /** Where to deploy the stack; absent, the template is printed. */
  stack?: { name: string; region?: string };
}

/** `sluice aws create-role`. What remains to be done goes to the error output. */
export async function createRole(
  { file, asked, stack, ...options }: CreateRoleOptions,
  console: Console,
): Promise<ExitReason> {
  const role = roleOf(options, file === undefined ? undefined : await roleIn(file, asked, console));
  const template = templateOf(role);
  if (stack === undefined) {
    console.out(TerminalText.of(template));
    console.err(TerminalText.of(roleNotes(role)));
    return 'succeeded';
  }
  // The AWS SDK takes its time to load, and a mistake should be told at once.
  const { deployStack } = await import('../../roles/deploy.js');
  const { result, roleArn } = await deployStack(
    { name: stack.name, template },
    { ...stack, ...defined({ account: role.account }) },
    (text) => console.err(terminal`${text}\n`),
  );
  console.err(terminal`${RESULTS[result]}\n`);
  console.out(terminal`${ROLE_ARN_OUTPUT}: ${roleArn}\n`);
  console.err(TerminalText.of(roleNotes(role, roleArn)));
  return 'succeeded';
}

const RESULTS = {
  created: 'The role is created.',
  updated: 'The role is updated.',
  unchanged: 'The role is as it shall be already.',
} as const;

async function roleIn(
  file: string,
  adjustments: Adjustments,
  console: Console,
): Promise<RoleOfFile> {
  const { plan, warnings } = await readPlan({
    ...(await sourceOf(file, console)),
    asked: adjustments,
  });
  const warning = warnings({ colour: console.colours });
  if (warning.text !== '') console.err(terminal`${warning}\n`);
  return roleOfPlan(plan);
}
