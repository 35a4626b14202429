import type {
  ApplicationLogLevel,
  Architecture,
  CreateFunctionCommandInput,
  DirectS3Read,
  FunctionCodeLocation,
  FunctionConfiguration,
  LogFormat,
  Runtime,
  SnapStartApplyOn,
  SystemLogLevel,
  TracingMode,
  UpdateFunctionCodeCommandInput,
  UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import {
  UNREADABLE,
  type PlannedName,
  type RequestFor,
  type SettingRequest,
} from '../domain/functionSettings.js';
import type { FunctionSettings } from '../domain/plan.js';
import {
  completeFileSystem,
  completeImageConfig,
  completeLogging,
  completeVpc,
} from '../domain/settingParts.js';
import { isKeyHidden } from './codeKey.js';

/** A function or a version as GetFunction describes it. */
export interface Described {
  Configuration: FunctionConfiguration;
  Code?: FunctionCodeLocation | undefined;
}

type ValueOf<Name extends PlannedName> = Required<FunctionSettings>[Name];

/** How the Lambda API gives one setting, and how it takes it. */
interface Translation<Name extends PlannedName> {
  /** As a plan would write it, with the default where AWS leaves it out. */
  read: (configuration: FunctionConfiguration, code: FunctionCodeLocation) => ValueOf<Name>;
  /** A value that means "not set" unsets it. */
  write: (value: ValueOf<Name>) => Written<RequestFor<Name>>;
  /** With AWS's defaults for the parts that a plan may leave out. */
  complete?: (value: ValueOf<Name>, functionName: string) => ValueOf<Name>;
}

interface Requests extends Record<SettingRequest, object> {
  UpdateFunctionConfiguration: UpdateFunctionConfigurationCommandInput;
  UpdateFunctionCode: UpdateFunctionCodeCommandInput;
}

/** What CreateFunction takes, too; some of it among the code. */
type OfCreation = keyof CreateFunctionCommandInput | 'SourceKMSKeyArn';

/** What a setting's request takes and CreateFunction takes as well. */
type Written<Request> = Request extends SettingRequest
  ? Partial<Pick<Requests[Request], OfCreation & keyof Requests[Request]>>
  : never;

/** Every setting that a plan can name. */
type Translations = { readonly [Name in PlannedName]: Translation<Name> };

/**
 * What unsets a setting, by its form in the API reference and the pages of the developer guide:
 * - an empty ARN for the dead-letter queue and the key: their patterns end with `|()`,
 *   https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
 * - two empty lists for the networks,
 *   https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 * - an empty list for layers and file systems; the default for whatever has one (PassThrough, None,
 *   512 megabytes, Text and the log group with the function's name)
 * - leaving out the key of the code: keptWithCode.ts
 * - an image configuration without parts
 * A container image has neither handler nor runtime, so there is nothing to write of them.
 * Terraform's provider does the same, in internal/service/lambda/function.go.
 */
const TRANSLATIONS: Translations = {
  role: {
    read: ({ Role = '' }) => Role,
    write: (Role) => ({ Role }),
  },
  handler: {
    read: ({ Handler = '' }) => Handler,
    write: (Handler) => (Handler === '' ? {} : { Handler }),
  },
  runtime: {
    read: ({ Runtime = '' }) => Runtime,
    write: (runtime) => (runtime === '' ? {} : { Runtime: runtime as Runtime }),
  },
  description: {
    read: ({ Description = '' }) => Description,
    write: (Description) => ({ Description }),
  },
  memorySize: {
    read: ({ MemorySize = 128 }) => MemorySize,
    write: (MemorySize) => ({ MemorySize }),
  },
  timeout: {
    read: ({ Timeout = 3 }) => Timeout,
    write: (Timeout) => ({ Timeout }),
  },
  ephemeralStorage: {
    read: ({ EphemeralStorage }) => ({ size: EphemeralStorage?.Size ?? 512 }),
    write: ({ size }) => ({ EphemeralStorage: { Size: size } }),
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
  vpcConfig: {
    read: ({ VpcConfig: { SubnetIds, SecurityGroupIds, Ipv6AllowedForDualStack } = {} }) => ({
      subnetIds: SubnetIds ?? [],
      securityGroupIds: SecurityGroupIds ?? [],
      ipv6AllowedForDualStack: Ipv6AllowedForDualStack ?? false,
    }),
    write: ({ subnetIds, securityGroupIds, ipv6AllowedForDualStack }) => ({
      VpcConfig: {
        SubnetIds: subnetIds,
        SecurityGroupIds: securityGroupIds,
        Ipv6AllowedForDualStack: ipv6AllowedForDualStack,
      },
    }),
    complete: completeVpc,
  },
  fileSystemConfigs: {
    read: ({ FileSystemConfigs = [] }) =>
      FileSystemConfigs.map(({ Arn, LocalMountPath, S3FilesConfig }) =>
        completeFileSystem({
          arn: Arn ?? '',
          localMountPath: LocalMountPath ?? '',
          ...(S3FilesConfig?.DirectS3Read !== undefined && {
            s3FilesConfig: { directS3Read: S3FilesConfig.DirectS3Read },
          }),
        }),
      ),
    write: (configs) => ({
      FileSystemConfigs: configs.map(({ arn, localMountPath, s3FilesConfig }) => ({
        Arn: arn,
        LocalMountPath: localMountPath,
        S3FilesConfig: s3FilesConfig && {
          DirectS3Read: s3FilesConfig.directS3Read as DirectS3Read,
        },
      })),
    }),
    complete: (configs) => configs.map(completeFileSystem),
  },
  deadLetterConfig: {
    read: ({ DeadLetterConfig }) => ({ targetArn: DeadLetterConfig?.TargetArn ?? '' }),
    write: ({ targetArn }) => ({ DeadLetterConfig: { TargetArn: targetArn } }),
  },
  tracingConfig: {
    read: ({ TracingConfig }) => ({ mode: TracingConfig?.Mode ?? 'PassThrough' }),
    write: ({ mode }) => ({ TracingConfig: { Mode: mode as TracingMode } }),
  },
  loggingConfig: {
    read: ({ FunctionName = '', LoggingConfig: found = {} }) =>
      completeLogging(
        {
          logFormat: found.LogFormat ?? 'Text',
          ...(found.ApplicationLogLevel && { applicationLogLevel: found.ApplicationLogLevel }),
          ...(found.SystemLogLevel && { systemLogLevel: found.SystemLogLevel }),
          ...(found.LogGroup && { logGroup: found.LogGroup }),
        },
        FunctionName,
      ),
    write: ({ logFormat, applicationLogLevel, systemLogLevel, logGroup }) => ({
      LoggingConfig: {
        LogFormat: logFormat as LogFormat,
        ApplicationLogLevel: applicationLogLevel as ApplicationLogLevel | undefined,
        SystemLogLevel: systemLogLevel as SystemLogLevel | undefined,
        LogGroup: logGroup,
      },
    }),
    complete: completeLogging,
  },
  snapStart: {
    read: ({ SnapStart }) => ({ applyOn: SnapStart?.ApplyOn ?? 'None' }),
    write: ({ applyOn }) => ({ SnapStart: { ApplyOn: applyOn as SnapStartApplyOn } }),
  },
  imageConfig: {
    read: ({ ImageConfigResponse: { ImageConfig: found = {} } = {} }) =>
      completeImageConfig({
        entryPoint: found.EntryPoint ?? [],
        command: found.Command ?? [],
        workingDirectory: found.WorkingDirectory ?? '',
      }),
    write: ({ entryPoint, command, workingDirectory }) => ({
      ImageConfig: {
        EntryPoint: entryPoint,
        Command: command,
        WorkingDirectory: workingDirectory,
      },
    }),
    complete: completeImageConfig,
  },
  kmsKeyArn: {
    read: ({ KMSKeyArn = '' }) => KMSKeyArn,
    write: (KMSKeyArn) => ({ KMSKeyArn }),
  },
  sourceKmsKeyArn: {
    read: (_, code) => code.SourceKMSKeyArn ?? (isKeyHidden(code) ? UNREADABLE : ''),
    write: (arn) => ({ SourceKMSKeyArn: arn === '' ? undefined : arn }),
  },
};

const NAMES = Object.keys(TRANSLATIONS) as PlannedName[];

/** A function's settings as a plan would write them, with nothing left out. */
export function settingsOf({ Configuration, Code = {} }: Described): Required<FunctionSettings> {
  const settings = NAMES.map((name) => [name, TRANSLATIONS[name].read(Configuration, Code)]);
  return Object.fromEntries(settings) as Required<FunctionSettings>;
}

/** Settings with AWS's defaults for the parts that a plan has left out. */
export function completed(
  settings: Partial<FunctionSettings>,
  functionName: string,
): Partial<FunctionSettings> {
  const complete = <Name extends PlannedName>(name: Name): object => {
    const value = settings[name] as ValueOf<Name> | undefined;
    const parts = TRANSLATIONS[name].complete;
    return value === undefined || parts === undefined ? {} : { [name]: parts(value, functionName) };
  };
  return Object.assign({}, settings, ...NAMES.map(complete)) as Partial<FunctionSettings>;
}

/** Settings as the Lambda API takes them. Whoever asks chooses those that the request takes. */
export function requestOf(
  settings: Partial<FunctionSettings>,
  functionName: string,
): Written<'UpdateFunctionConfiguration'> & Written<'UpdateFunctionCode'> {
  const whole = completed(settings, functionName);
  return Object.assign({}, ...NAMES.map((name) => written(name, whole[name]))) as object;
}

function written<Name extends PlannedName>(name: Name, value: ValueOf<Name> | undefined): object {
  return value === undefined ? {} : TRANSLATIONS[name].write(value);
}
