import { accountOf } from '../domain/arns.js';
import { SluiceError } from '../errors.js';
import { FORMS, problemWith } from './forms.js';
import type { DeployRole, RoleOfFile } from './role.js';

/** What a command is asked for beside the file. */
export interface AskedRole {
  roleName?: string;
  worker: string;
  externalId: string;
  function: readonly string[];
  allFunctions: boolean;
  bucket: readonly string[];
  repository: readonly string[];
  replacedCode: readonly string[];
  executionRole: readonly string[];
  layer: readonly string[];
  key: readonly string[];
  functionWide: boolean;
  givenKey: readonly string[];
  vpc: boolean;
  fileSystems: boolean;
  keepVersions: boolean;
  cloudWatch: boolean;
  plan: boolean;
}

const DEFAULT_NAME = 'SluiceDeploy';

/**
 * The role that is asked for, checked.
 *
 * @throws SluiceError `invalidArguments` with everything that is wrong
 */
export function roleOf(asked: AskedRole, file?: RoleOfFile): DeployRole {
  const account = file?.account ?? accountOf(asked.executionRole[0] ?? '');
  const role: DeployRole = {
    name: file?.name ?? asked.roleName ?? DEFAULT_NAME,
    path: file?.path ?? '/',
    ...(account !== '' && { account }),
    worker: asked.worker,
    externalId: asked.externalId,
    functions: asked.allFunctions ? ['*'] : both(file?.functions, asked.function),
    buckets: both(file?.buckets, asked.bucket),
    repositories: both(file?.repositories, asked.repository),
    replacedCode: both(file?.replacedCode, asked.replacedCode),
    executionRoles: both(file?.executionRoles, asked.executionRole),
    layers: both([...(file?.layers ?? []), ...asked.layer].map(withoutVersion)),
    keys: asked.key,
    functionWide: asked.functionWide || file?.functionWide === true,
    givenKeys: both(file?.givenKeys, asked.givenKey),
    networks: asked.vpc || file?.networks === true,
    fileSystems: asked.fileSystems || file?.fileSystems === true,
    keepVersions: asked.keepVersions || file?.keepVersions === true,
    cloudWatch: asked.cloudWatch,
    plan: asked.plan,
  };
  assertUsable([...wrongForms(asked, role), ...whatIsMissing(role), ...otherAccounts(role)]);
  return role;
}

function assertUsable(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const list = ['No role can be made:', ...problems.map((problem) => `- ${problem}`)];
  const told = problems.length === 1 ? problems : list;
  throw new SluiceError('invalidArguments', told.join('\n'));
}

function withoutVersion(layer: string): string {
  return layer.replace(/:\d+$/, '');
}

function both(...lists: (readonly string[] | undefined)[]): string[] {
  return [...new Set(lists.flatMap((list) => list ?? []))];
}

function wrongForms(asked: AskedRole, role: DeployRole): string[] {
  const values = [
    [FORMS.roleName, [role.name]],
    [FORMS.worker, [role.worker]],
    [FORMS.externalId, [role.externalId]],
    [FORMS.function, asked.function],
    [FORMS.bucket, role.buckets],
    [FORMS.repository, role.repositories],
    [FORMS.replacedCode, role.replacedCode],
    [FORMS.executionRole, role.executionRoles],
    [FORMS.layer, asked.layer],
    [FORMS.key, [...role.keys, ...role.givenKeys]],
  ] as const;
  return values.flatMap(([form, written]) =>
    written.flatMap((value) => problemWith(form, value) ?? []),
  );
}

function whatIsMissing({ functions, buckets, repositories }: DeployRole): string[] {
  return [
    ...(functions.length === 0
      ? ['Say which functions it deploys: --function, --all-functions, or a file with -f.']
      : []),
    ...(buckets.length + repositories.length === 0
      ? [
          'Say which buckets packages lie in, or which repositories images: --bucket, --repository, or a file with -f.',
        ]
      : []),
  ];
}

/** Lambda takes execution roles of the function's own account alone. */
function otherAccounts({ account, executionRoles }: DeployRole): string[] {
  const others = executionRoles.filter((arn) => ![account, ''].includes(accountOf(arn)));
  return others.map(
    (arn) =>
      `Lambda in account ${account} cannot run functions with ${arn}, which is another account's.`,
  );
}
