import { LambdaClient } from '@aws-sdk/client-lambda';

interface SentCommand {
  input: Record<string, unknown>;
}

type SendAny = (command: SentCommand, ...more: unknown[]) => Promise<unknown>;

/** Structures that stand in a request. */
const NESTED = [
  ...['Code', 'RoutingConfig', 'Environment', 'VpcConfig', 'DeadLetterConfig', 'TracingConfig'],
  ...['EphemeralStorage', 'SnapStart', 'LoggingConfig', 'FileSystemConfigs', 'S3FilesConfig'],
  ...['ImageConfig', 'imageIds'],
];

/**
 * Runs something, and tells which members the requests had that it sent to AWS, whatever service
 * they were for: by the names of the commands, and of the structures in them.
 */
export async function sentMembers(
  run: () => Promise<void>,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const members = new Map<string, Set<string>>();
  const note = (name: string, value: object): void => {
    const known = members.get(name) ?? new Set();
    members.set(name, known);
    for (const [member, part] of Object.entries(value) as [string, unknown][]) {
      if (part === undefined) continue;
      known.add(member);
      if (!NESTED.includes(member)) continue;
      for (const one of [part].flat()) note(`${name}.${member}`, one as object);
    }
  };
  // All clients of the SDK send with the method of one class.
  const clients = Object.getPrototypeOf(LambdaClient.prototype) as { send: SendAny };
  const { send } = clients;
  clients.send = function noting(this: unknown, command, ...more) {
    note(command.constructor.name, command.input);
    return send.call(this, command, ...more);
  };
  try {
    await run();
  } finally {
    clients.send = send;
  }
  return members;
}
