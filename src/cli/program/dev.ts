import { type Command, InvalidArgumentError, Option } from 'commander';
import { defined } from '../../domain/defined.js';
import { environmentHelp } from '../../settings/environment.js';
import type { Console } from '../console.js';
import type { Runner } from './runner.js';

interface GivenOptions {
  port?: number;
  uiPort?: number;
  dbFilename?: string;
}

/** The command that runs everything on one machine. */
export function addDev(program: Command, console: Console, run: Runner): void {
  program
    .command('dev')
    .description('Run a Temporal server and a worker on this machine, until Ctrl-C.')
    .addOption(portOption('--port <n>', 'the port of the Temporal server'))
    .addOption(portOption('--ui-port <n>', 'the port of the Temporal UI'))
    .option('--db-filename <file>', 'keep the deployments in this file (default: in memory)')
    .addHelpText('after', HELP)
    .action(async ({ dbFilename, ...ports }: GivenOptions) => {
      await run('text', async () => {
        const { dev } = await import('../commands/dev.js');
        return dev({ ...ports, ...defined({ dbFile: dbFilename }) }, console);
      });
    });
}

function portOption(flags: string, description: string): Option {
  return new Option(flags, `${description} (default: a free one)`).argParser(readPort);
}

function readPort(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new InvalidArgumentError('Write a number between 1 and 65535.');
}

const HELP = `
It is for trying Sluice, and for one person: everybody on this machine can reach the server, which
listens at 127.0.0.1. The worker deploys with the AWS identity that it finds, to real accounts, or to
what AWS_ENDPOINT_URL names.

${environmentHelp('dev')}

Examples:
  sluice dev                # prints what to paste into another shell
  sluice dev --port 7233 --ui-port 8233 --db-filename deployments.db`;
