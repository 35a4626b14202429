/** Writes what is made from the definitions of the language: its JSON Schema and a page of docs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnosticsPage } from './generate/diagnosticsPage.js';
import { jsonSchema } from './generate/jsonSchema.js';
import { root } from './setup/paths.js';

writeFileSync(join(root, 'schema/deployment.schema.json'), jsonSchema());
writeFileSync(join(root, 'docs/diagnostics.md'), diagnosticsPage());
