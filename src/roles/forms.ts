import { EXTERNAL_ID, EXTERNAL_ID_RULE } from '../domain/externalIds.js';
import { PLACE_OF_REPLACED_CODE, REPLACED_CODE_RULE } from '../domain/replacedCode.js';

/** What one option takes, and a sentence about whatever it does not. */
interface OptionForm {
  option: string;
  accepts: RegExp;
  remedy: string;
  /** What looks right and is not, each with the reason. */
  except?: readonly (readonly [RegExp, string])[];
}

/** Lengths and letters by the API references of IAM, Lambda, S3, ECR and KMS; `*` is a pattern's. */
export const FORMS = {
  roleName: {
    option: '--role-name',
    accepts: /^[\w+=,.@-]{1,64}$/,
    remedy: 'Use 1 to 64 letters, digits or + = , . @ _ -.',
  },
  worker: {
    option: '--worker',
    accepts: /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]{1,576}$/,
    remedy: 'Write the ARN of a role or a user, like arn:aws:iam::111111111111:role/SluiceWorker.',
    except: [
      [/:root$/, 'It is a whole account: name the role or the user that the worker runs as.'],
      [
        /:assumed-role\//,
        'It is a session: name the role itself, like arn:aws:iam::111111111111:role/SluiceWorker.',
      ],
      [/\*/, 'A role trusts one identity: leave out the *.'],
    ],
  },
  externalId: {
    option: '--external-id',
    accepts: EXTERNAL_ID,
    remedy: `AWS does not accept it: ${EXTERNAL_ID_RULE}.`,
  },
  function: {
    option: '--function',
    accepts: /^(?=.*[^*])[\w*-]{1,64}$/,
    remedy: 'Use letters, digits, - and _, without ARN or version; * matches anything: shop-*.',
    except: [[/^\*+$/, 'It matches every function: if it shall, write --all-functions instead.']],
  },
  bucket: {
    option: '--bucket',
    accepts: /^(?=.*[^*])(?!.*\.\.)[A-Za-z0-9*][\w.*-]{1,61}[A-Za-z0-9*]$/,
    remedy: 'Use the name alone: 3 to 63 letters, digits, - and .; * matches anything.',
    except: [[/^\*+$/, 'It matches every bucket: name those that packages lie in.']],
  },
  repository: {
    option: '--repository',
    accepts:
      /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.[a-z][a-z.-]+\/(?=[^*]|\*+[^*])[a-z0-9*][a-z0-9._/*-]{1,255}$/,
    remedy:
      'Write its address without a tag: 111111111111.dkr.ecr.us-east-1.amazonaws.com/name; * matches anything in the name.',
    except: [
      [/\/\*+$/, 'It matches every repository: name those that images lie in.'],
      [/\/[^/:@]*[:@]/, 'Leave out the tag or the digest: it is for all images of the repository.'],
    ],
  },
  replacedCode: {
    option: '--replaced-code',
    accepts: PLACE_OF_REPLACED_CODE,
    remedy: REPLACED_CODE_RULE,
  },
  executionRole: {
    option: '--execution-role',
    accepts: /^arn:aws[a-z-]*:iam::\d{12}:role\/(?=.*[^*/])[\w+=,.@/*-]{1,576}$/,
    remedy:
      'Write its ARN, like arn:aws:iam::111111111111:role/orders, or one that ends like shop-*.',
    except: [[/:role\/[*/]+$/, 'It matches every role: name those that functions run with.']],
  },
  layer: {
    option: '--layer',
    accepts: /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[\w-]{1,140}(:\d+)?$/,
    remedy: 'Write its ARN, like arn:aws:lambda:us-east-1:111111111111:layer:name.',
  },
  key: {
    option: '--key',
    accepts: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
    remedy: 'Write its ARN, like arn:aws:kms:us-east-1:111111111111:key/…; IAM knows no aliases.',
  },
} satisfies Record<string, OptionForm>;

/** What is wrong with a value, as sentences; undefined when nothing is. */
export function problemWith({ option, accepts, remedy, except = [] }: OptionForm, value: string) {
  if (accepts.test(value)) return undefined;
  const reason = except.find(([looks]) => looks.test(value))?.[1] ?? remedy;
  return `${option} ${JSON.stringify(value)} cannot be used. ${reason}`;
}
