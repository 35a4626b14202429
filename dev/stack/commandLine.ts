/**
 * The values of a command's options. `--help` prints the usage and ends the process, and so does
 * what the parser refuses, with a sentence and exit code 2.
 */
export function readCommandLine<Values extends { help: boolean }>(
  usage: string,
  parse: () => Values,
): Values {
  const values = parsed(usage, parse);
  if (!values.help) return values;
  console.log(usage);
  process.exit(0);
}

function parsed<Values>(usage: string, parse: () => Values): Values {
  try {
    return parse();
  } catch (error) {
    console.error(`${firstSentence((error as Error).message)}\n\n${usage}`);
    process.exit(2);
  }
}

/** Node.js goes on about positional arguments, which no command has, and leaves out the full stop. */
function firstSentence(message: string): string {
  const first = message.split(/\. (?=To |This )/)[0] ?? message;
  return first.endsWith('.') ? first : `${first}.`;
}
