import { type Command, Option } from 'commander';
import { defined } from '../../domain/defined.js';
import type { CreateRoleOptions } from '../commands/createRole.js';
import type { Console } from '../console.js';
import { type AskedOptions, gathered, required, withAskedOptions } from './options.js';
import type { Runner } from './runner.js';

const WORKER = '--worker <arn>';
const EXTERNAL_ID = '--external-id <id>';
const STACK_NAME = '--stack-name <name>';

/** What commander gives: what is not written is not there. */
interface GivenOptions extends AskedOptions {
  worker?: string;
  externalId?: string;
  file?: string;
  roleName?: string;
  function?: string[];
  allFunctions?: true;
  bucket?: string[];
  repository?: string[];
  replacedCode?: string[];
  executionRole?: string[];
  layer?: string[];
  key?: string[];
  functionWide?: true;
  givenKey?: string[];
  vpc?: true;
  fileSystems?: true;
  keepVersions?: true;
  cloudWatch?: true;
  withoutPlan?: true;
  deploy?: true;
  stackName?: string;
  region?: string;
}

/** The commands about what Sluice needs in AWS accounts. */
export function addAws(program: Command, console: Console, run: Runner): void {
  const aws = program.command('aws').description('Prepare AWS accounts.');
  const create = aws
    .command('create-role')
    .description('Print, or deploy, a CloudFormation template with a deploy role.')
    .option(
      WORKER,
      'the role or user that the worker runs as: it alone may use the role (required)',
    )
    .option(EXTERNAL_ID, 'what the worker has to say beside its name; choose one (required)')
    .option(
      '-f, --file <file>',
      'a deployment file, whose deploy role it is; - for standard input',
    );
  withRoleOptions(withAskedOptions(create))
    .option('--deploy', 'deploy the template, with the credentials that the AWS SDK finds')
    .option(STACK_NAME, 'the stack to create or update, with --deploy')
    .option('--region <region>', 'its region, with --deploy (default: AWS_REGION)')
    .addHelpText('after', HELP)
    .action(async (given: GivenOptions, command: Command) => {
      const options = optionsOf(given, command);
      const { createRole } = await import('../commands/createRole.js');
      await run('text', () => createRole(options, console));
    });
}

function withRoleOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--role-name <name>', 'its name (default: SluiceDeploy)').conflicts('file'),
    )
    .addOption(several('--function <name>', 'a function it deploys, or a pattern such as shop-*'))
    .addOption(new Option('--all-functions', 'every function of the account').conflicts('function'))
    .addOption(several('--bucket <name>', 'a bucket that packages lie in, or a pattern'))
    .addOption(several('--repository <address>', 'a repository of container images, or a pattern'))
    .addOption(
      several('--replaced-code <place>', 'where replaced code is kept: s3://bucket/folder/'),
    )
    .addOption(several('--execution-role <arn>', 'a role that functions run with, or a pattern'))
    .addOption(several('--layer <arn>', 'a layer of functions, in all its versions'))
    .addOption(several('--key <arn>', 'a key that packages or environments are encrypted with'))
    .option('--function-wide', 'let it change tags, reserved concurrency and the like')
    .addOption(several('--given-key <arn>', 'a key that functions are given'))
    .option('--vpc', 'let it connect functions to a VPC')
    .option('--file-systems', 'let it give functions file systems')
    .option('--keep-versions', 'let it delete old versions')
    .option('--cloud-watch', 'let analyses ask CloudWatch with it')
    .option('--without-plan', 'leave out what only `sluice deploy plan` reads');
}

function several(flags: string, description: string): Option {
  return new Option(flags, `${description}; may be repeated`).argParser(
    (value: string, before: string[] = []) => [...before, value],
  );
}

function optionsOf(given: GivenOptions, command: Command): CreateRoleOptions {
  const { worker, externalId, file, roleName, asked, ...more } = gathered(given);
  const stack = stackOf(given, command);
  return {
    asked,
    worker: required(worker, WORKER, command),
    externalId: required(externalId, EXTERNAL_ID, command),
    ...defined({ file, roleName }),
    function: more.function ?? [],
    allFunctions: more.allFunctions ?? false,
    bucket: more.bucket ?? [],
    repository: more.repository ?? [],
    replacedCode: more.replacedCode ?? [],
    executionRole: more.executionRole ?? [],
    layer: more.layer ?? [],
    key: more.key ?? [],
    functionWide: more.functionWide ?? false,
    givenKey: more.givenKey ?? [],
    vpc: more.vpc ?? false,
    fileSystems: more.fileSystems ?? false,
    keepVersions: more.keepVersions ?? false,
    cloudWatch: more.cloudWatch ?? false,
    plan: more.withoutPlan === undefined,
    ...defined({ stack }),
  };
}

function stackOf({ deploy, stackName, region }: GivenOptions, command: Command) {
  if (deploy === undefined) {
    refuse({ '--stack-name': stackName, '--region': region }, command);
    return undefined;
  }
  const name = required(stackName, STACK_NAME, command);
  return { name, ...defined({ region }) };
}

function refuse(options: Readonly<Record<string, string | undefined>>, command: Command): void {
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined) command.error(`error: ${name} says where to deploy: add --deploy`);
  }
}

const HELP = `
The role may do what deployments do, with the functions, buckets and roles that are named, and
nothing else. With a file these are the file's; options add to them, such as the execution roles that
functions have today. docs/roles.md tells what each permission is for.

Exit codes:
  0    printed, or deployed, or nothing was to be done
  2    the command, the file or the credentials cannot be used
  4    CloudFormation could not deploy the stack

Examples:
  sluice aws create-role --worker arn:aws:iam::111111111111:role/SluiceWorker \\
    --external-id "$(openssl rand -hex 16)" --function 'shop-*' --bucket acme-packages \\
    --execution-role arn:aws:iam::222222222222:role/shop > role.yaml
  sluice aws create-role -f deploy.yaml -t production --external-id 8c1f2a70 \\
    --worker arn:aws:iam::111111111111:role/SluiceWorker --deploy --stack-name sluice-role`;
