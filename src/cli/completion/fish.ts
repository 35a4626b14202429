import { commandPattern } from './cases.js';
import { allOf, type CommandNode, type OptionNode } from './tree.js';

/** A script for fish. */
export function fishCompletion(root: CommandNode): string {
  return `# Completion of sluice for fish. Use it with: sluice completion fish | source
function __sluice_at
  set -l where sluice
  for word in (commandline -opc)[2..]
    switch "$where $word"
      case ${commandPattern(root).replaceAll(' | ', ' ')}
        set where "$where $word"
    end
  end
  test "$where" = "$argv[1]"
end
complete -c sluice -f
${allOf(root).flatMap(offersOf).join('\n')}
`;
}

function offersOf({ path, children, choices, options }: CommandNode): string[] {
  const at = `complete -c sluice -n "__sluice_at '${path}'"`;
  return [
    ...children.map(({ name, description }) => `${at} -a ${name} -d ${fishWord(description)}`),
    ...choices.map((choice) => `${at} -a ${choice}`),
    ...options.map((option) => `${at} ${optionWords(option)}`),
  ];
}

function optionWords({ short, long, description, value }: OptionNode): string {
  return [
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
    ...(long === undefined ? [] : [`-l ${long.slice(2)}`]),
    ...valueWords(value),
    `-d ${fishWord(description)}`,
  ].join(' ');
}

function valueWords(value: OptionNode['value']): string[] {
  if (value === 'none') return [];
  if (value === 'file') return ['-r -F'];
  return value === 'free' ? ['-x'] : [`-x -a '${value.join(' ')}'`];
}

/** In fish a backslash and a quote are escaped inside of single quotes. */
function fishWord(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}
