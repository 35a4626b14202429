import { Argument, type Command, Option } from 'commander';
import type { ConfigShowOptions } from '../commands/configShow.js';
import type { ConfigValidateOptions } from '../commands/configValidate.js';
import { TEMPLATES } from '../commands/template.js';
import type { Console } from '../console.js';
import { type AskedOptions, FILE, gathered, required, withAskedOptions } from './options.js';
import type { Runner } from './runner.js';

/** The commands about deployment files. They need neither Temporal nor AWS. */
export function addConfig(program: Command, console: Console, run: Runner): void {
  const config = program
    .command('config')
    .description('Check and explain deployment files. Nothing is deployed.');
  addValidate(config, console, run);
  addExplain(config, console, run);
  addShow(config, console, run);
  addSchema(config, console, run);
  addTemplate(program, console, run);
}

const FILES = '-f, --file <file…>';

type GivenValidateOptions = Omit<ConfigValidateOptions, 'files' | 'asked'> & {
  file?: string[];
} & AskedOptions;

function addValidate(config: Command, console: Console, run: Runner): void {
  const validate = config
    .command('validate')
    .description('Say everything that is wrong with deployment files.')
    .option(FILES.replace('…', '...'), 'deployment files; - for standard input (required)')
    .option('--strict', 'warnings make a file invalid, too');
  withAskedOptions(validate)
    .addOption(
      new Option('-o, --output <format>', 'text, one JSON object, or annotations for GitHub')
        .choices(['text', 'json', 'github'])
        .default('text'),
    )
    .addHelpText(
      'after',
      `
Exit codes:
  0    every file is valid
  2    a file is not valid, or cannot be read

Examples:
  sluice config validate -f deploy.yaml
  sluice config validate -f deploy/*.yaml --strict
  sluice config validate -f deploy.yaml -o github      # in a GitHub workflow
  git show HEAD:deploy.yaml | sluice config validate -f -`,
    )
    .action(async (given: GivenValidateOptions, command: Command) => {
      const { file, ...options } = gathered(given);
      const files = required(file, FILES, command);
      const { configValidate } = await import('../commands/configValidate.js');
      const format = options.output === 'json' ? 'json' : 'text';
      await run(format, () => configValidate({ ...options, files }, console));
    });
}

function addExplain(config: Command, console: Console, run: Runner): void {
  config
    .command('explain')
    .description('Tell the reason for a diagnostic, with a wrong and a right example.')
    .addArgument(new Argument('[code]', 'the code in the brackets; all are listed without one'))
    .addHelpText('after', '\nExample:\n  sluice config explain weight-order')
    .action(async (code: string | undefined) => {
      const { configExplain } = await import('../commands/configExplain.js');
      await run('text', () => Promise.resolve(configExplain(code, console)));
    });
}

type GivenShowOptions = Omit<ConfigShowOptions, 'file' | 'asked'> & {
  file?: string;
} & AskedOptions;

function addShow(config: Command, console: Console, run: Runner): void {
  const show = config
    .command('show')
    .description('Show what a deployment file means: targets, steps, and the shortest time.')
    .option(FILE, 'the deployment file; - for standard input (required)');
  withAskedOptions(show)
    .addOption(
      new Option(
        '-o, --output <format>',
        'text, the plan as JSON, or as YAML the file with everything filled in for its targets',
      )
        .choices(['text', 'json', 'yaml'])
        .default('text'),
    )
    .option('--origins', 'show instead where the file says what each target and function is given')
    .addHelpText(
      'after',
      `
The plan is what a program in any language can start the workflow with. It has a deployment id of
its own each time.

Examples:
  sluice config show -f deploy.yaml
  sluice config show -f deploy.yaml -o json > plan.json
  sluice config show -f deploy.yaml -t production -o yaml
  sluice config show -f deploy.yaml -t production --origins`,
    )
    .action(async (given: GivenShowOptions, command: Command) => {
      const { file, ...options } = gathered(given);
      const path = required(file, FILE, command);
      if (options.origins === true && options.output === 'yaml')
        command.error('error: --origins is shown as text or as JSON: leave out -o yaml');
      const { configShow } = await import('../commands/configShow.js');
      await run(options.output, () => configShow({ ...options, file: path }, console));
    });
}

function addSchema(config: Command, console: Console, run: Runner): void {
  config
    .command('schema')
    .description('Print the JSON Schema of deployment files, for editors.')
    .option('--part', 'the schema of files that others include')
    .addHelpText('after', '\nExample:\n  sluice config schema > sluice.schema.json')
    .action(async (options: { part?: boolean }) => {
      const { configSchema } = await import('../commands/configSchema.js');
      await run('text', () => configSchema(options, console));
    });
}

function addTemplate(program: Command, console: Console, run: Runner): void {
  program
    .command('template')
    .description('Print a commented deployment file to start from.')
    .addArgument(new Argument('[name]', 'which one').choices(TEMPLATES).default('basic'))
    .addHelpText('after', '\nExample:\n  sluice template canary > deploy.yaml')
    .action(async (name: string) => {
      const { template } = await import('../commands/template.js');
      await run('text', () => template(name, console));
    });
}
