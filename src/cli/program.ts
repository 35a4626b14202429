import { Command } from 'commander';
import { TerminalText } from '../domain/terminalText.js';
import { environmentHelp } from '../settings/environment.js';
import type { Console } from './console.js';
import { exitCodesHelp } from './exitCodes.js';
import { addAnalysis } from './program/analysis.js';
import { addAws } from './program/aws.js';
import { addCompletion } from './program/completion.js';
import { addConfig } from './program/config.js';
import { addDeploy } from './program/deploy.js';
import { addDev } from './program/dev.js';
import type { Runner } from './program/runner.js';
import { packageVersion } from '../settings/version.js';

/**
 * The command line. What a command needs is loaded when it runs, so that help is quick.
 *
 * @param console - where help and errors go
 */
export function createProgram(console: Console, run: Runner): Command {
  const program = new Command('sluice')
    .description('Gradual AWS Lambda deployments that roll back by themselves.')
    .version(packageVersion())
    // A command may have a --version of its own.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => console.out(TerminalText.of(text)),
      writeErr: (text) => console.err(TerminalText.of(text)),
      outputError: (text, write) => write(`${sentence(text)} Add --help to see what there is.\n`),
    })
    .addHelpText('after', `\n${exitCodesHelp()}\n\n${environmentHelp('command')}`);
  addDeploy(program, console, run);
  addConfig(program, console, run);
  addAnalysis(program, console, run);
  addAws(program, console, run);
  addDev(program, console, run);
  addWorker(program, console, run);
  addGateway(program, console, run);
  addAgent(program, console, run);
  addCompletion(program, console, run);
  return program;
}

function addWorker(program: Command, console: Console, run: Runner): void {
  program
    .command('worker')
    .description('Run a worker: it carries deployments out until it is asked to stop.')
    .addHelpText('after', `\n${environmentHelp('worker')}`)
    .action(async () => {
      const { runWorker } = await import('../worker.js');
      await run('text', async () => {
        await runWorker({ environment: console.environment });
        return 'succeeded';
      });
    });
}

function addGateway(program: Command, console: Console, run: Runner): void {
  program
    .command('gateway')
    .description('Run a gateway: it takes the callbacks of webhooks until it is asked to stop.')
    .addHelpText('after', `\n${environmentHelp('gateway')}`)
    .action(async () => {
      const { runGateway } = await import('../gateway.js');
      await run('text', async () => {
        await runGateway({ environment: console.environment });
        return 'succeeded';
      });
    });
}

function addAgent(program: Command, console: Console, run: Runner): void {
  program
    .command('agent')
    .description('Run an agent: it calls webhooks from inside a private network.')
    .requiredOption('--identifier <name>', 'what agentIdentifier of the webhooks says')
    .addHelpText(
      'after',
      `\n${environmentHelp('agent')}\n\nExample:\n  sluice agent --identifier office`,
    )
    .action(async ({ identifier }: { identifier: string }) => {
      await run('text', async () => {
        const { runAgent } = await import('../agent.js');
        await runAgent({ identifier, environment: console.environment });
        return 'succeeded';
      });
    });
}

/** Commander's `error: unknown option '-x'` as a sentence, and what it suggests as another. */
function sentence(error: string): string {
  const [text = '', suggestion] = error
    .replace(/^error: /, '')
    .trim()
    .split(/\n(?=\()/);
  const told = `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
  const whole = suggestion === undefined ? told : `${told} ${suggestion.slice(1, -1)}`;
  // What was typed stands in it.
  return TerminalText.line(whole).text;
}
