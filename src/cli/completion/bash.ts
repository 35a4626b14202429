import { commandPattern, valueCases } from './cases.js';
import { allOf, type CommandNode, flagsOf, quotedWord } from './tree.js';

/** A script for bash 3.2 and later. */
export function bashCompletion(root: CommandNode): string {
  const words = (choices: readonly string[]) =>
    `COMPREPLY=($(compgen -W ${quotedWord(choices.join(' '))} -- "$current"))`;
  const files = 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$current"))';
  return `# Completion of sluice for bash. Use it with: source <(sluice completion bash)
_sluice() {
  local current="\${COMP_WORDS[COMP_CWORD]}" where=sluice offers='' word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$where $word" in
    ${commandPattern(root)}) where="$where $word" ;;
    esac
  done
  case "$where \${COMP_WORDS[COMP_CWORD-1]}" in
${valueCases(root, { words, files }).join('\n')}
  esac
  case "$where" in
${allOf(root).map(offersOf).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$offers" -- "$current"))
}
complete -F _sluice sluice
`;
}

function offersOf({ path, children, choices, options }: CommandNode): string {
  const words = [...children.map(({ name }) => name), ...choices, ...options.flatMap(flagsOf)];
  return `    ${quotedWord(path)}) offers=${quotedWord(words.join(' '))} ;;`;
}
