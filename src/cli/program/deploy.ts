import { type Command, Option } from 'commander';
import type { DeployStartOptions } from '../commands/deployStart.js';
import type { DeployStatusOptions } from '../commands/deployStatus.js';
import type { Console } from '../console.js';
import { exitCodesHelp } from '../exitCodes.js';
import { type AskedOptions, FILE, gathered, required, withAskedOptions } from './options.js';
import type { Runner } from './runner.js';

export function addDeploy(program: Command, console: Console, run: Runner): void {
  const deploy = program.command('deploy').description('Start deployments and look at them.');
  addDeployStart(deploy, console, run);
  addDeployStatus(deploy, console, run);
}

/** As commander gives them: it does not check that there is a file. */
type GivenStartOptions = Omit<DeployStartOptions, 'file' | 'asked'> & {
  file?: string;
} & AskedOptions;

function addDeployStart(deploy: Command, console: Console, run: Runner): void {
  const start = deploy
    .command('start')
    .description('Start a deployment. It runs on the workers, whether or not it is watched.')
    .option(FILE, 'the deployment file; - for standard input (required)')
    .option('-w, --watch', 'show the deployment until it has ended; Ctrl-C leaves it alone')
    .option('--started-by <who>', 'who starts it, for the records; by default the user')
    .option('--commit <commit>', 'the commit that is deployed, for the records');
  withAskedOptions(start)
    .addOption(outputOption())
    .addHelpText('after', `\n${exitCodesHelp()}`)
    .action(async (given: GivenStartOptions, command: Command) => {
      const { file, ...options } = gathered(given);
      const path = required(file, FILE, command);
      const { deployStart } = await import('../commands/deployStart.js');
      await run(options.output, () => deployStart({ ...options, file: path }, console));
    });
}

function addDeployStatus(deploy: Command, console: Console, run: Runner): void {
  deploy
    .command('status')
    .description('Show a deployment: of an application, with an id, or whichever runs.')
    .option('-n, --name <application>', 'the application')
    .addOption(new Option('-i, --id <id>', 'the deployment id').conflicts('name'))
    .addOption(outputOption())
    .addHelpText('after', '\nThe exit code is 0 however the deployment is, and when none runs.')
    .action(async (options: DeployStatusOptions) => {
      const { deployStatus } = await import('../commands/deployStatus.js');
      await run(options.output, () => deployStatus(options, console));
    });
}

function outputOption(): Option {
  return new Option('-o, --output <format>', 'text, or a JSON object in each line')
    .choices(['text', 'json'])
    .default('text');
}
