/** A command that a runner obeyed, with its data as it was meant. */
export interface ObeyedCommand {
  name: string;
  properties: Record<string, string>;
  data: string;
}

/**
 * What a runner makes of what a step prints: it obeys commands, unless they are stopped, and shows
 * the rest, with stars in the place of what was masked.
 */
export class JobOutput {
  readonly commands: ObeyedCommand[] = [];
  readonly #masks: string[] = [];
  #shown = '';
  #rest = '';
  #stoppedUntil: string | undefined;

  add(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
  }

  get shown(): string {
    return this.#masks.reduce((text, mask) => text.replaceAll(mask, '***'), this.#shown);
  }

  /** The commands of this name. */
  of(name: string): ObeyedCommand[] {
    return this.commands.filter((command) => command.name === name);
  }

  #line(line: string): void {
    if (line === `::${this.#stoppedUntil}::`) this.#stoppedUntil = undefined;
    else if (this.#stoppedUntil !== undefined) this.#shown += `${line}\n`;
    else this.#obeyOrShow(line);
  }

  #obeyOrShow(line: string): void {
    const command = /^\s*::([\w-]+)(?: ([^:]*))?::(.*)$/.exec(line) ?? oldForm(line);
    if (command === null) {
      this.#shown += `${line}\n`;
      return;
    }
    const [, name = '', properties = '', data = ''] = command;
    this.commands.push({ name, properties: pairs(properties), data: unescaped(data) });
    if (name === 'stop-commands') this.#stoppedUntil = data;
    // The runner hides the lines of a secret one by one, too.
    if (name === 'add-mask') this.#masks.push(unescaped(data), ...unescaped(data).split('\n'));
  }
}

/** Runners still obey `##[name]data`, wherever in a line it stands. */
function oldForm(line: string): RegExpExecArray | null {
  return /##\[([\w-]+)(?: ([^\]]*))?\](.*)$/.exec(line);
}

function pairs(text: string): Record<string, string> {
  const entries = text.split(',').map((pair) => pair.split('=', 2));
  return Object.fromEntries(
    entries.flatMap(([key = '', value = '']) => (key === '' ? [] : [[key, unescaped(value)]])),
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');
}
