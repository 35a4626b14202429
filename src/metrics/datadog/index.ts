import { createDatadog } from './client.js';
import { datadogSchema, readDatadog } from './settings.js';

export const datadog = { schema: datadogSchema, read: readDatadog, create: createDatadog };
