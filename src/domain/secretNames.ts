/**
 * What a secret may be called in `{{secrets.…}}`: the characters that AWS Secrets Manager takes in
 * the name of a secret. Letters are ASCII, so that no two of them become one in another case.
 * Source: CreateSecret in the API reference of AWS Secrets Manager.
 */
export const SECRET_NAME = /^[\w/+=.@-]{1,256}$/;

export const SECRET_NAME_REMEDY =
  'Use 1 to 256 letters of a to z, digits, hyphens, underscores and / + = . @, such as ci-token.';
