import { commandPattern, valueCases } from './cases.js';
import { allOf, type CommandNode, flagsOf, quotedWord } from './tree.js';

/** A script for zsh: to be sourced, or as a file named _sluice in a folder of fpath. */
export function zshCompletion(root: CommandNode): string {
  const words = (choices: readonly string[]) => `compadd -- ${choices.map(quotedWord).join(' ')}`;
  return `#compdef sluice
# Completion of sluice for zsh. Use it with: source <(sluice completion zsh)
_sluice() {
  local where=sluice word
  local -a offers
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$where $word" in
    ${commandPattern(root)}) where="$where $word" ;;
    esac
  done
  case "$where \${words[CURRENT-1]}" in
${valueCases(root, { words, files: '_files' }).join('\n')}
  esac
  case "$where" in
${allOf(root).map(offersOf).join('\n')}
  esac
  _describe sluice offers
}
if [ "$funcstack[1]" = _sluice ]; then _sluice "$@"; else compdef _sluice sluice; fi
`;
}

function offersOf({ path, children, choices, options }: CommandNode): string {
  const offers = [
    ...children.map(({ name, description }) => `${name}:${description}`),
    ...choices,
    ...options.flatMap((option) => flagsOf(option).map((flag) => `${flag}:${option.description}`)),
  ];
  return `    ${quotedWord(path)}) offers=(${offers.map(quotedWord).join(' ')}) ;;`;
}
