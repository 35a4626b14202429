import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from '@jest/globals';
import { createProgram, sourceOf } from '../../dev/generate/program.js';
import { referencePages } from '../../dev/generate/reference.js';
import { root } from '../../dev/setup/paths.js';
import { markdownBlocks } from './support/blocks.js';
import { complaints, docstringExamples, exampleFiles } from './support/examples.js';

const folder = join(root, 'docs/reference');
const examples = [
  ...docstringExamples(),
  ...markdownBlocks('ts').map(({ place, text }) => ({ place, code: text })),
];
/** One for everything here: it takes seconds to make. */
const program = createProgram(exampleFiles(examples));
const checker = program.getTypeChecker();

/** What the client exports. */
function exported(): ts.Symbol[] {
  const file = program.getSourceFile(sourceOf('client'));
  const module = file && checker.getSymbolAtLocation(file);
  return module === undefined ? [] : checker.getExportsOfModule(module).map(resolved);
}

function resolved(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** What can be called on a connected client. */
function methods(): ts.Symbol[] {
  const sluice = exported().find(({ name }) => name === 'Sluice');
  const members = [...(sluice?.members?.values() ?? [])];
  return members.filter(({ flags }) => flags & ts.SymbolFlags.Method);
}

const isSaid = (symbol: ts.Symbol) => symbol.getDocumentationComment(checker).length > 0;

describe('the reference', () => {
  it('is made from the docstrings as they are: otherwise `npm run generate` makes it', async () => {
    const pages = await referencePages(program);
    expect([...pages.keys()].sort()).toEqual(readdirSync(folder).sort());
    for (const [name, text] of pages) {
      expect({ name, text: readFileSync(join(folder, name), 'utf8') }).toEqual({ name, text });
    }
  });

  it('says something about everything that the client exports, and about each method', () => {
    expect(methods().map(({ name }) => name)).toContain('start');
    const silent = [...exported(), ...methods()].filter((symbol) => !isSaid(symbol));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('has examples that the compiler accepts, as do the other pages', () => {
    expect(examples.length).toBeGreaterThan(8);
    expect(complaints(program, examples)).toEqual([]);
  });
});
