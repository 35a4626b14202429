import { Command, Option } from 'commander';
import { environmentHelp } from '../settings/environment.js';
import type { DeployStartOptions } from './commands/deployStart.js';
import type { DeployStatusOptions } from './commands/deployStatus.js';
import type { Console } from './console.js';
import { type ExitReason, exitCodesHelp } from './exitCodes.js';
import type { OutputFormat } from './failure.js';
import { packageVersion } from './version.js';

/** Runs one command and remembers how it ended. */
export type Runner = (format: OutputFormat, command: () => Promise<ExitReason>) => Promise<void>;

/**
 * The command line. What a command needs is loaded when it runs, so that help is quick.
 *
 * @param console - where help and errors go
 */
export function createProgram(console: Console, run: Runner): Command {
  const program = new Command('sluice')
    .description('Gradual AWS Lambda deployments that roll back by themselves.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => console.out(text),
      writeErr: (text) => console.err(text),
      outputError: (text, write) => write(`${sentence(text)} Add --help to see what there is.\n`),
    })
    .addHelpText('after', `\n${exitCodesHelp()}\n\n${environmentHelp('command')}`);
  addDeploy(program, console, run);
  addWorker(program, run);
  return program;
}

function addDeploy(program: Command, console: Console, run: Runner): void {
  const deploy = program.command('deploy').description('Start deployments and look at them.');
  addDeployStart(deploy, console, run);
  addDeployStatus(deploy, console, run);
}

/** As commander gives them: it does not check that there is a file. */
type GivenStartOptions = Omit<DeployStartOptions, 'file'> & { file?: string };

const FILE = '-f, --file <file>';

function addDeployStart(deploy: Command, console: Console, run: Runner): void {
  deploy
    .command('start')
    .description('Start a deployment. It runs on the workers, whether or not it is watched.')
    .option(FILE, 'the deployment file; - for standard input (required)')
    .option('-w, --watch', 'show the deployment until it has ended; Ctrl-C leaves it alone')
    .option('--started-by <who>', 'who starts it, for the records; by default the user')
    .option('--commit <commit>', 'the commit that is deployed, for the records')
    .addOption(outputOption())
    .addHelpText('after', `\n${exitCodesHelp()}`)
    .action(async ({ file, ...options }: GivenStartOptions, command: Command) => {
      // Commander's own check would hide a mistyped option behind a missing file.
      if (file === undefined) command.error(`error: required option '${FILE}' not specified`);
      const { deployStart } = await import('./commands/deployStart.js');
      await run(options.output, () => deployStart({ ...options, file }, console));
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
      const { deployStatus } = await import('./commands/deployStatus.js');
      await run(options.output, () => deployStatus(options, console));
    });
}

function addWorker(program: Command, run: Runner): void {
  program
    .command('worker')
    .description('Run a worker: it carries deployments out until it is asked to stop.')
    .addHelpText('after', `\n${environmentHelp('worker')}`)
    .action(async () => {
      const { runWorker } = await import('../worker.js');
      await run('text', async () => {
        await runWorker();
        return 'succeeded';
      });
    });
}

function outputOption(): Option {
  return new Option('-o, --output <format>', 'text, or a JSON object in each line')
    .choices(['text', 'json'])
    .default('text');
}

/** Commander's `error: unknown option '-x'` as a sentence. */
function sentence(error: string): string {
  const text = error.replace(/^error: /, '').trim();
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}
