import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { Application, type ProjectReflection, type TypeDocOptions } from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';
import type ts from 'typescript';
import { root } from '../setup/paths.js';
import { nameLiterals } from './literalUnions.js';
import { createProgram, ENTRIES, sourceOf } from './program.js';
import { tidied } from './tidied.js';

const OPTIONS: TypeDocOptions & Partial<PluginOptions> = {
  plugin: ['typedoc-plugin-markdown'],
  name: 'Reference',
  readme: 'none',
  router: 'module',
  entryFileName: 'README',
  logLevel: 'Error',
  excludeInternal: true,
  excludeExternals: true,
  excludePrivate: true,
  disableSources: true,
  disableGit: true,
  sort: ['source-order'],
  kindSortOrder: ['Function', 'Class', 'Interface', 'TypeAlias', 'Variable', 'Reference'],
  groupOrder: ['Functions', 'Classes', '*'],
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  propertyMembersFormat: 'table',
  tableColumnSettings: {
    hideDefaults: true,
    hideInherited: true,
    hideModifiers: true,
    hideOverrides: true,
    hideSources: true,
  },
  validation: false,
};

/** The pages of docs/reference, made from the docstrings: texts by the name of the file. */
export async function referencePages(program: ts.Program = createProgram()) {
  const app = await Application.bootstrapWithPlugins(OPTIONS, []);
  nameLiterals(app, program);
  const project = app.converter.convert(entryPoints(program));
  const folder = await mkdtemp(join(tmpdir(), 'sluice-reference-'));
  try {
    await write(app, project, folder);
    return await read(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function entryPoints(program: ts.Program) {
  return Object.entries(ENTRIES).map(([, page]) => {
    const sourceFile = program.getSourceFile(sourceOf(page));
    if (sourceFile === undefined) throw new Error(`There is no src/${page}.ts.`);
    return { displayName: page, program, sourceFile };
  });
}

function write(app: Application, project: ProjectReflection, path: string): Promise<void> {
  return app.outputs.writeOutput({ name: 'markdown', path }, project);
}

async function read(folder: string): Promise<Map<string, string>> {
  const options = await resolveConfig(join(root, 'docs/reference/README.md'));
  const pages = new Map<string, string>();
  for (const name of await readdir(folder)) {
    const text = tidied(await readFile(join(folder, name), 'utf8'));
    const made = `<!-- Made by \`npm run generate\`. -->\n\n${text}`;
    pages.set(name, await format(made, { ...options, parser: 'markdown' }));
  }
  return pages;
}
