import type { Client } from '@temporalio/client';
import type { TemporalSettings } from '../settings/temporal.js';

/** A connection to Temporal, and what it was made from. */
export interface Link {
  client: Client;
  settings: TemporalSettings;
}
