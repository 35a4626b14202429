/** The environment of a process, as Node gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Who reads a variable: the worker, the commands that talk to deployments, or both. */
type Reader = 'worker' | 'command' | 'both';

interface EnvironmentVariable {
  name: string;
  meaning: string;
  /** What holds when the variable is not set. */
  default: string;
  reader: Reader;
}

/** Every variable that Sluice reads. Help texts and the documentation are made from it. */
export const ENVIRONMENT_VARIABLES: readonly EnvironmentVariable[] = [
  {
    name: 'TEMPORAL_ADDRESS',
    meaning: 'host:port of the Temporal frontend',
    default: 'localhost:7233',
    reader: 'both',
  },
  {
    name: 'TEMPORAL_NAMESPACE',
    meaning: 'namespace that deployments live in',
    default: 'default',
    reader: 'both',
  },
  {
    name: 'TEMPORAL_API_KEY',
    meaning: 'API key for Temporal',
    default: 'none',
    reader: 'both',
  },
  {
    name: 'TEMPORAL_TLS, TEMPORAL_TLS_…',
    meaning: "TLS, as in Temporal's own environment configuration",
    default: 'off, on with an API key',
    reader: 'both',
  },
  {
    name: 'TEMPORAL_PROFILE',
    meaning: "profile of Temporal's configuration file",
    default: 'default',
    reader: 'both',
  },
  {
    name: 'TEMPORAL_CONFIG_FILE',
    meaning: "path of Temporal's configuration file (TOML)",
    default: "Temporal's own place",
    reader: 'both',
  },
  {
    name: 'AWS_…',
    meaning: "the worker's own AWS identity, as the AWS SDK finds it; it assumes the deploy roles",
    default: "the AWS SDK's",
    reader: 'worker',
  },
  {
    name: 'SLUICE_SETTINGS',
    meaning: 'path of the settings file (YAML): external ids, allowed roles, request rate',
    default: 'every role allowed, no external ids',
    reader: 'worker',
  },
  {
    name: 'SLUICE_HEALTH_ADDRESS',
    meaning: 'host:port that answers GET /healthz and GET /readyz',
    default: 'off',
    reader: 'worker',
  },
  {
    name: 'SLUICE_METRICS_ADDRESS',
    meaning: 'IP address:port that serves Prometheus metrics at /metrics',
    default: 'off',
    reader: 'worker',
  },
  {
    name: 'SLUICE_UI_URL',
    meaning: 'address of the Temporal UI, for links to deployments',
    default: 'no links',
    reader: 'command',
  },
  {
    name: 'SLUICE_DEBUG',
    meaning: '1 shows where an unexpected error comes from',
    default: 'off',
    reader: 'both',
  },
  {
    name: 'NO_COLOR',
    meaning: 'anything turns colours off',
    default: 'colours on a terminal',
    reader: 'command',
  },
];

/** A variable's value; undefined when it is not set or empty. */
export function variable(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

/** The table of the variables that a reader knows, for a help text. */
export function environmentHelp(reader: 'worker' | 'command'): string {
  const rows = ENVIRONMENT_VARIABLES.filter(
    (row) => row.reader === reader || row.reader === 'both',
  );
  const width = Math.max(...rows.map((row) => row.name.length));
  const lines = rows.map(
    (row) => `  ${row.name.padEnd(width)}  ${row.meaning} (default: ${row.default})`,
  );
  return ['Environment:', ...lines].join('\n');
}
