import type {
  Architecture,
  CreateFunctionCommandInput,
  FunctionConfiguration,
  Runtime,
  UpdateFunctionCodeCommandInput,
  UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import type { PlannedName, RequestFor, SettingRequest } from '../domain/functionSettings.js';
import type { FunctionSettings } from '../domain/plan.js';

/** How the Lambda API gives one setting, and how it takes it. */
interface Translation<Name extends PlannedName> {
  /** As a plan would write it, with the default where AWS leaves it out. */
  read: (configuration: FunctionConfiguration) => Required<FunctionSettings>[Name];
  write: (value: Required<FunctionSettings>[Name]) => Written<RequestFor<Name>>;
}

interface Requests extends Record<SettingRequest, object> {
  UpdateFunctionConfiguration: UpdateFunctionConfigurationCommandInput;
  UpdateFunctionCode: UpdateFunctionCodeCommandInput;
}

/** What a setting's request takes and CreateFunction takes as well. */
type Written<Request> = Request extends SettingRequest
  ? Partial<
      Pick<CreateFunctionCommandInput, keyof CreateFunctionCommandInput & keyof Requests[Request]>
    >
  : never;

/** Every setting that a plan can name. */
type Translations = { readonly [Name in PlannedName]: Translation<Name> };

const TRANSLATIONS: Translations = {
  role: {
    read: ({ Role = '' }) => Role,
    write: (Role) => ({ Role }),
  },
  handler: {
    read: ({ Handler = '' }) => Handler,
    write: (Handler) => ({ Handler }),
  },
  runtime: {
    read: ({ Runtime = '' }) => Runtime,
    write: (runtime) => ({ Runtime: runtime as Runtime }),
  },
  memorySize: {
    read: ({ MemorySize = 128 }) => MemorySize,
    write: (MemorySize) => ({ MemorySize }),
  },
  timeout: {
    read: ({ Timeout = 3 }) => Timeout,
    write: (Timeout) => ({ Timeout }),
  },
  environment: {
    read: ({ Environment }) => Environment?.Variables ?? {},
    write: (Variables) => ({ Environment: { Variables } }),
  },
  layers: {
    read: ({ Layers = [] }) => Layers.map(({ Arn = '' }) => Arn),
    write: (Layers) => ({ Layers }),
  },
  architectures: {
    read: ({ Architectures = ['x86_64'] }) => Architectures,
    write: (architectures) => ({ Architectures: architectures as Architecture[] }),
  },
};

const NAMES = Object.keys(TRANSLATIONS) as PlannedName[];

/** A function's settings as a plan would write them. */
export function settingsOf(configuration: FunctionConfiguration): Required<FunctionSettings> {
  const settings = NAMES.map((name) => [name, TRANSLATIONS[name].read(configuration)] as const);
  return Object.fromEntries(settings) as unknown as Required<FunctionSettings>;
}

/** Settings as the Lambda API takes them. Whoever asks chooses those that the request takes. */
export function requestOf(
  settings: Partial<FunctionSettings>,
): Partial<CreateFunctionCommandInput> {
  const parts = NAMES.map((name) => written(name, settings[name]));
  return Object.assign({}, ...parts) as Partial<CreateFunctionCommandInput>;
}

function written<Name extends PlannedName>(
  name: Name,
  value: Required<FunctionSettings>[Name] | undefined,
): object {
  return value === undefined ? {} : TRANSLATIONS[name].write(value);
}
