/** Writes what is made from definitions: the JSON Schema of the language, and pages of docs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnosticsPage } from './generate/diagnosticsPage.js';
import { jsonSchema, jsonSchemaOfParts } from './generate/jsonSchema.js';
import { referencePages } from './generate/reference.js';
import { root } from './setup/paths.js';

writeFileSync(join(root, 'schema/deployment.schema.json'), jsonSchema());
writeFileSync(join(root, 'schema/deployment-part.schema.json'), jsonSchemaOfParts());
writeFileSync(join(root, 'docs/diagnostics.md'), diagnosticsPage());
mkdirSync(join(root, 'docs/reference'), { recursive: true });
for (const [name, text] of await referencePages()) {
  writeFileSync(join(root, 'docs/reference', name), text);
}
