import { z } from 'zod';

/** The requests a second that a worker sends to Lambda in one account and region. */
export const DEFAULT_REQUESTS_PER_SECOND = 10;

/** What a settings file may hold, as it is written. */
export type WrittenSettings = z.output<typeof settingsSchema>;
export type WrittenAccount = z.output<typeof account>;

/** One line of the role rules: these applications may use these roles. */
export type RoleRule = z.output<typeof roleRule>;

interface Issue {
  code?: string | undefined;
  input?: unknown;
  keys?: string[] | undefined;
}

function must(what: string): { error: (issue: Issue) => string } {
  return { error: (issue) => (issue.input === undefined ? 'is missing' : `must be ${what}`) };
}

const mapping = {
  error: (issue: Issue) =>
    issue.code === 'unrecognized_keys'
      ? `has no setting named ${(issue.keys ?? []).map((key) => `"${key}"`).join(' or ')}`
      : 'must be a mapping',
};

/** What AWS accepts as an external id. */
export const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
export const EXTERNAL_ID_RULE = 'it must be 2 to 1224 letters, digits or + = , . @ : / -';

const account = z
  .strictObject(
    {
      externalId: z
        .string({ error: 'must be text: put it in quotes' })
        .regex(EXTERNAL_ID, { error: `is not an external id: ${EXTERNAL_ID_RULE}` })
        .optional(),
      externalIdFrom: z
        .strictObject(
          {
            env: z.string(must('the name of a variable')).optional(),
            file: z.string(must('a path')).optional(),
          },
          mapping,
        )
        .refine((from) => (from.env === undefined) !== (from.file === undefined), {
          error: 'must say either env or file',
        })
        .optional(),
    },
    mapping,
  )
  .refine(
    (written) => (written.externalId === undefined) !== (written.externalIdFrom === undefined),
    { error: 'must say either externalId or externalIdFrom' },
  );

const patterns = z
  .array(z.string(must('text')).min(1, { error: 'must not be empty' }), must('a list'))
  .min(1, { error: 'must not be empty' });

const roleRule = z.strictObject({ applications: patterns, allow: patterns }, mapping);

const aws = z.strictObject(
  {
    requestsPerSecond: z
      .number(must('a number above 0'))
      .positive({ error: 'must be a number above 0' })
      .default(DEFAULT_REQUESTS_PER_SECOND),
  },
  mapping,
);

export const settingsSchema = z.strictObject(
  {
    accounts: z
      .record(
        z.string().regex(/^\d{12}$/, { error: 'must be an account id of twelve digits' }),
        account,
        must('a mapping from account ids'),
      )
      .default({}),
    roles: z.array(roleRule, must('a list')).optional(),
    aws: aws.default({ requestsPerSecond: DEFAULT_REQUESTS_PER_SECOND }),
  },
  mapping,
);
