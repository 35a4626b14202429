import { execFile, spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../dev/setup/paths.js';

/** What is printed after all that is offered for a line. */
const END = '=';

const BASH = `eval "$1"
for line in "\${@:2}"; do
  read -ra COMP_WORDS <<< "$line"
  [[ $line != *' ' ]] || COMP_WORDS+=('')
  COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
  _sluice
  printf '%s\\n' "\${COMPREPLY[@]}" '${END}'
done`;

const FISH = `eval $argv[1]
for line in $argv[2..]
  complete -C $line
  echo '${END}'
end`;

/** Has the tab key tell everything that is offered, and take the line away. */
const ZSH_TERMINAL = `autoload -Uz compinit && compinit -D -u
eval "$MAKING"
compadd() {
  local -a offered
  # With these options it is only asked what would fit.
  [[ \${@[1,(i)(-|--)]} == *-[OAD]\\ * ]] || builtin compadd -O offered "$@"
  print -rl -- $offered >> $ANSWERS
  builtin compadd "$@"
}
tell() { _main_complete; print -r -- '${END}' >> $ANSWERS }
zle -C tell list-choices tell
answer() { zle tell; BUFFER='' }
zle -N answer
bindkey '^I' answer`;

/** In zsh only a line that is being typed at a terminal is completed. */
const ZSH = `zmodload zsh/zpty
export TERMINAL=$1 MAKING=$2 ANSWERS=$(mktemp)
zpty typing zsh -f -i
zpty -w typing 'eval "$TERMINAL"'
for line in "\${@[3,-1]}"; do zpty -w -n typing "$line"$'\\t'; done
zpty -w typing exit
while zpty -r typing; do :; done >/dev/null
cat $ANSWERS
rm $ANSWERS`;

/** What each shell is given before what makes it complete and the lines. */
const ASKING = {
  bash: ['-c', BASH, 'bash'],
  zsh: ['-f', '-c', ZSH, 'zsh', ZSH_TERMINAL],
  fish: ['--no-config', '-c', FISH],
};

export type Shell = keyof typeof ASKING;

/** Whether the tests that need it can run. */
export function isThere(shell: Shell): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

/**
 * What a shell offers for each line, in the order of the alphabet.
 *
 * @param making - what is typed before, so that it completes the command
 */
export async function offeredIn(
  shell: Shell,
  making: string,
  lines: readonly string[],
): Promise<string[][]> {
  const path = [join(root, 'bin'), process.env['PATH']].join(delimiter);
  const env = { ...process.env, PATH: path };
  const { stdout } = await promisify(execFile)(shell, [...ASKING[shell], making, ...lines], {
    env,
  });
  return stdout.split(`${END}\n`).slice(0, -1).map(offersOf);
}

/** Fish tells behind a tab what each offer means. */
function offersOf(answer: string): string[] {
  const offers = answer.split('\n').map((text) => text.replace(/\t.*/, ''));
  return [...new Set(offers)].filter((offer) => offer !== '').sort();
}
