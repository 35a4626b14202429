import { createNewRelic } from './client.js';
import { newRelicSchema, readNewRelic } from './settings.js';

export const newRelic = { schema: newRelicSchema, read: readNewRelic, create: createNewRelic };
