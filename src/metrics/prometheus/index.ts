import { createPrometheus } from './client.js';
import { prometheusSchema, readPrometheus } from './settings.js';

/** Prometheus, and what speaks like it. */
export const prometheus = {
  schema: prometheusSchema,
  read: readPrometheus,
  create: createPrometheus,
};
