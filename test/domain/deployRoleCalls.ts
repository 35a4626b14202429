import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../dev/setup/paths.js';

const SRC = join(root, 'src');

/** What calls AWS with deploy roles. */
const PARTS = ['activities', 'metrics'];

/** The file that makes the clients with a deploy role's credentials. */
const DEPLOY_ROLE_CLIENTS = 'activities/clients.ts';

/** What a file takes from the AWS SDK and makes an instance of, or calls. */
interface Use {
  file: string;
  /** Such as `@aws-sdk/client-lambda`. */
  module: string;
  /** Such as `GetAliasCommand`, `LambdaClient` or `paginateGetMetricData`. */
  name: string;
}

/**
 * The names of the commands that the activities send with deploy roles, such as `GetAliasCommand`,
 * found in the sources: those of every service of which clients.ts makes a client.
 */
export function deployRoleCommands(): string[] {
  const uses = sources().flatMap(usesIn);
  const services = new Set(uses.filter(isDeployRoleClient).map(({ module }) => module));
  const others = uses.filter((use) => isClient(use) && !isDeployRoleClient(use));
  const unclear = others.filter(({ module }) => services.has(module));
  if (unclear.length > 0) throw new Error(`made outside ${DEPLOY_ROLE_CLIENTS}: ${said(unclear)}`);
  const sent = uses.filter((use) => services.has(use.module) && !isClient(use));
  return [...new Set(sent.map(({ name }) => commandOf(name)))].sort();
}

function sources(): string[] {
  const files = PARTS.flatMap((part) =>
    readdirSync(join(SRC, part), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(part, file),
    ),
  );
  return files.filter((file) => file.endsWith('.ts'));
}

function isClient({ name }: Use): boolean {
  return name.endsWith('Client');
}

function isDeployRoleClient(use: Use): boolean {
  return isClient(use) && use.file === DEPLOY_ROLE_CLIENTS;
}

function said(uses: readonly Use[]): string {
  return uses.map(({ file, name }) => `${name} in ${file}`).join(', ');
}

function commandOf(name: string): string {
  if (name.endsWith('Command')) return name;
  if (name.startsWith('paginate')) return `${name.slice('paginate'.length)}Command`;
  throw new Error(`${name} is nothing of which this knows what it sends`);
}

/** Values that are imported from the AWS SDK; types send nothing. */
function usesIn(file: string): Use[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  return source.statements.filter(ts.isImportDeclaration).flatMap((one) => {
    const module = (one.moduleSpecifier as ts.StringLiteral).text;
    const { importClause: clause } = one;
    if (!module.startsWith('@aws-sdk/') || clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) {
      return [];
    }
    const names = clause?.namedBindings;
    if (names === undefined || !ts.isNamedImports(names)) {
      throw new Error(`${file} imports ${module} as a whole`);
    }
    return names.elements
      .filter(({ isTypeOnly }) => !isTypeOnly)
      .map(({ propertyName, name }) => ({ file, module, name: (propertyName ?? name).text }));
  });
}
