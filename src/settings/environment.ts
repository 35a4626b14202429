/** The environment of a process, as Node gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Who reads a variable. */
export type Reader = 'worker' | 'agent' | 'gateway' | 'command' | 'dev';

interface EnvironmentVariable {
  name: string;
  meaning: string;
  /** What holds when the variable is not set. */
  default: string;
  readers: readonly Reader[];
}

const ALL = ['worker', 'agent', 'gateway', 'command'] as const;
const SERVERS = ['worker', 'agent', 'gateway', 'dev'] as const;
const WORKERS = ['worker', 'agent', 'dev'] as const;

/** Every variable that Sluice reads. Help texts and the documentation are made from it. */
export const ENVIRONMENT_VARIABLES: readonly EnvironmentVariable[] = [
  {
    name: 'SLUICE_TEMPORAL',
    meaning: 'path of the `temporal` program, which is the server',
    default: 'the one on the PATH',
    readers: ['dev'],
  },
  {
    name: 'TEMPORAL_ADDRESS',
    meaning: 'host:port of the Temporal frontend',
    default: 'localhost:7233',
    readers: ALL,
  },
  {
    name: 'TEMPORAL_NAMESPACE',
    meaning: 'namespace that deployments live in',
    default: 'default',
    readers: ALL,
  },
  {
    name: 'TEMPORAL_API_KEY',
    meaning: 'API key for Temporal',
    default: 'none',
    readers: ALL,
  },
  {
    name: 'TEMPORAL_TLS, TEMPORAL_TLS_…',
    meaning: "TLS, as in Temporal's own environment configuration",
    default: 'off, on with an API key',
    readers: ALL,
  },
  {
    name: 'TEMPORAL_PROFILE',
    meaning: "profile of Temporal's configuration file",
    default: 'default',
    readers: ALL,
  },
  {
    name: 'TEMPORAL_CONFIG_FILE',
    meaning: "path of Temporal's configuration file (TOML)",
    default: "Temporal's own place",
    readers: ALL,
  },
  {
    name: 'AWS_…',
    meaning: "the worker's own AWS identity, as the AWS SDK finds it; it assumes the deploy roles",
    default: "the AWS SDK's",
    readers: WORKERS,
  },
  {
    name: 'SLUICE_SETTINGS',
    meaning:
      'path of the settings file (YAML): external ids, allowed roles, callbacks, secrets, metric providers',
    default: 'every role allowed, and none of the rest',
    readers: WORKERS,
  },
  {
    name: 'SLUICE_SETTINGS',
    meaning: 'path of the settings file (YAML): callback keys, trusted proxies, request rate',
    default: 'none: it must be set',
    readers: ['gateway'],
  },
  {
    name: 'SLUICE_GATEWAY_ADDRESS',
    meaning: 'host:port that takes callbacks, and answers GET /healthz and GET /readyz',
    default: '127.0.0.1:8090',
    readers: ['gateway'],
  },
  {
    name: 'SLUICE_HEALTH_ADDRESS',
    meaning: 'host:port that answers GET /healthz and GET /readyz',
    default: 'off',
    readers: WORKERS,
  },
  {
    name: 'SLUICE_METRICS_ADDRESS',
    meaning: 'IP address:port that serves Prometheus metrics at /metrics',
    default: 'off',
    readers: SERVERS,
  },
  {
    name: 'SLUICE_UI_URL',
    meaning: 'address of the Temporal UI, for links to deployments',
    default: 'no links',
    readers: ['worker', 'agent', 'command'],
  },
  {
    name: 'SLUICE_DEBUG',
    meaning: '1 shows where an unexpected error comes from',
    default: 'off',
    readers: [...ALL, 'dev'],
  },
  {
    name: 'NO_COLOR',
    meaning: 'anything turns colours off',
    default: 'colours on a terminal',
    readers: ['command'],
  },
];

/** A variable's value; undefined when it is not set or empty. */
export function variable(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

/** The table of the variables that a reader knows, for a help text. */
export function environmentHelp(reader: Reader): string {
  const rows = ENVIRONMENT_VARIABLES.filter(({ readers }) => readers.includes(reader));
  const width = Math.max(...rows.map((row) => row.name.length));
  const lines = rows.map(
    (row) => `  ${row.name.padEnd(width)}  ${row.meaning} (default: ${row.default})`,
  );
  return ['Environment:', ...lines].join('\n');
}
