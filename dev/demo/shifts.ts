import type { RecordedRequest } from '../stack/emulator.js';

/** What a request to change an alias asks for. */
interface AliasChange {
  FunctionVersion?: string;
  RoutingConfig?: { AdditionalVersionWeights?: Record<string, number> };
}

/** A function whose alias was changed. */
export interface ShiftedAlias {
  region: string;
  functionName: string;
  alias?: string;
}

/** What share of an alias's traffic went to which version, as it reached the API, in order. */
export function shifts(place: ShiftedAlias, requests: readonly RecordedRequest[]): string {
  const given = requests.filter((request) => isOf(place, request)).map(givenBy);
  return `alias ${place.alias} gave version ${given.at(-1)?.version}  ${given
    .map(({ weight }) => `${Math.round(weight * 100)} %`)
    .join(' → ')}`;
}

function isOf({ region, functionName, alias }: ShiftedAlias, request: RecordedRequest): boolean {
  const { operation, error, resource, qualifier } = request;
  if (operation !== 'UpdateAlias' || error !== null || request.region !== region) return false;
  return resource === functionName && qualifier === alias;
}

/** The version with a weight is the new one; without weights the alias's own has everything. */
function givenBy({ parameters }: RecordedRequest): { version?: string; weight: number } {
  const { FunctionVersion, RoutingConfig } = parameters as AliasChange;
  const [shifted] = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {});
  if (shifted) return { version: shifted[0], weight: shifted[1] };
  return { ...(FunctionVersion !== undefined && { version: FunctionVersion }), weight: 1 };
}
