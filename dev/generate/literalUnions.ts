import {
  type Application,
  type Context,
  Converter,
  type DeclarationReflection,
  LiteralType,
  type ProjectReflection,
  ReferenceType,
  ReflectionKind,
  type SomeType,
  UnionType,
} from 'typedoc';
import type ts from 'typescript';

/**
 * Says which texts a type has where the code takes them from a list: `'growing' | 'sliding'` instead
 * of `(typeof LOOKBACK_METHODS)[number]`. Where such a type is used, its name is enough.
 */
export function nameLiterals(app: Application, program: ts.Program): void {
  const checker = program.getTypeChecker();
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context: Context) => {
    const { project } = context;
    const names = new Map<string, DeclarationReflection>();
    for (const alias of project.getReflectionsByKind(ReflectionKind.TypeAlias)) {
      const symbol = context.getSymbolFromReflection(alias);
      const literals = symbol && literalsOf(checker.getDeclaredTypeOfSymbol(symbol));
      if (literals === undefined || !alias.isDeclaration()) continue;
      alias.type = literals;
      names.set(literals.toString(), alias);
    }
    useNames(project, names);
  });
}

function literalsOf(type: ts.Type): UnionType | undefined {
  if (!type.isUnion()) return undefined;
  const texts = type.types.map((part) => (part.isStringLiteral() ? part.value : undefined));
  if (!texts.every((text) => text !== undefined)) return undefined;
  return new UnionType(texts.map((text) => new LiteralType(text)));
}

function useNames(
  project: ProjectReflection,
  names: ReadonlyMap<string, DeclarationReflection>,
): void {
  for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
    if (!property.isDeclaration() || property.type === undefined) continue;
    property.type = named(property.type, names, project);
  }
}

function named(
  type: SomeType,
  names: ReadonlyMap<string, DeclarationReflection>,
  project: ProjectReflection,
): SomeType {
  const alias = names.get(type.toString());
  if (alias === undefined) return type;
  return ReferenceType.createResolvedReference(alias.name, alias, project);
}
