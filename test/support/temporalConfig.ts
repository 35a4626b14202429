import { fileURLToPath } from 'node:url';

/** Keeps the Temporal configuration of whoever runs the tests out of them: it says nothing. */
export const NO_TEMPORAL_CONFIG = {
  TEMPORAL_CONFIG_FILE: fileURLToPath(new URL('temporal.toml', import.meta.url)),
};
