import type { Provision, ProvisionInput } from '../../src/activities/provisioned.js';
import { versionsOf } from '../../src/domain/provisioned.js';
import type { MemoryFunction } from './memoryFunction.js';
import { assertReserved } from './memoryWide.js';

/**
 * Gives a version its provisioned concurrency, or takes it away.
 *
 * @param write - called where there is something to do
 */
export function provide(
  found: MemoryFunction | undefined,
  input: ProvisionInput,
  write: () => void,
): Provision {
  const version = found?.versions.find((one) => one.version === input.version);
  if (found === undefined || version === undefined) return { result: 'gone' };
  const provisioned = (found.provisioned ??= new Map<string, number>());
  const present = provisioned.get(input.version) ?? 0;
  if (present === input.wanted) return { result: 'done' };
  if (!input.known.includes(present)) return { result: 'changed', found: present };
  const aliases = othersServing(found, input);
  if (input.wanted === 0 && aliases.length > 0) return { result: 'serves', aliases };
  assertReserved(found, input.version, input.wanted);
  write();
  provisioned.set(input.version, input.wanted);
  return { result: 'done' };
}

/** The aliases that give traffic to a version which is to have no environments. */
function othersServing(
  { aliases }: MemoryFunction,
  { version, mayServe }: { version: string; mayServe?: string },
): string[] {
  return [...aliases]
    .filter(([name, alias]) => name !== mayServe && versionsOf(alias).includes(version))
    .map(([name]) => name);
}
