import { IMAGE_PATH, PACKAGE_PATH } from '../forms.js';

interface ImageProblem {
  /** A phrase that follows the text. */
  what: string;
  remedy: string;
}

const PUSH = 'Push it to a private repository of Amazon ECR in the region of the target.';

/** An address of ECR, whether or not Lambda takes it. */
const OF_ECR = /^(\d{12})\.dkr([.-])ecr(-fips)?\.([a-z0-9-]+)\.([a-z.-]+)\/(.*)$/;

const REPOSITORY = /^[a-z0-9](?:[a-z0-9]|[._/-](?=[a-z0-9])){1,255}$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** What is wrong with the name of an image; undefined where nothing is. */
export function imageProblem(uri: string): ImageProblem | undefined {
  if (IMAGE_PATH.pattern.test(uri)) return undefined;
  if (PACKAGE_PATH.pattern.test(uri) || uri.startsWith('s3://'))
    return {
      what: 'is a place in S3, and the type says that it is a container image',
      remedy: 'Write type: zipFile, or the address of the image in Amazon ECR.',
    };
  if (/^[a-z]+:\/\//i.test(uri))
    return {
      what: 'begins with a scheme, which images have not',
      remedy: `Leave out everything up to the //. ${IMAGE_PATH.remedy}`,
    };
  if (uri.startsWith('public.ecr.aws/'))
    return { what: 'is in the public gallery of ECR, from which Lambda takes none', remedy: PUSH };
  const [, account = '', dot, fips, region = '', , rest = ''] = OF_ECR.exec(uri) ?? [];
  if (account === '')
    return { what: `is not ${IMAGE_PATH.noun}`, remedy: `${PUSH} ${IMAGE_PATH.remedy}` };
  if (dot === '-' || fips !== undefined)
    return {
      what: `has an address of ECR that Lambda does not take`,
      remedy: `Write ${account}.dkr.ecr.${region}.amazonaws.com/${rest}.`,
    };
  return nameProblem(rest);
}

/** @param name - what follows the registry */
function nameProblem(name: string): ImageProblem {
  const [withTag = '', digest] = name.split('@', 2);
  const [repository = '', tag] = withTag.split(':', 2);
  if (repository !== repository.toLowerCase())
    return {
      what: 'has capital letters in the name of the repository, which ECR has not',
      remedy: `Write ${repository.toLowerCase()}.`,
    };
  if (!REPOSITORY.test(repository))
    return {
      what: 'has a name of a repository that ECR does not take',
      remedy:
        'Use 2 to 256 small letters and digits, with single dots, hyphens, underscores and slashes between them.',
    };
  if (tag !== undefined && digest !== undefined)
    return { what: 'has a tag and a digest', remedy: 'Leave out one of them.' };
  if (digest !== undefined)
    return {
      what: 'has no digest after the @',
      remedy: 'Write sha256: and 64 hexadecimal digits there, in small letters.',
    };
  if (tag === undefined)
    return {
      what: 'has neither a tag nor a digest',
      remedy: 'Add the tag that was pushed, such as :1.4.0 or :{{context.sha}}.',
    };
  if (!TAG.test(tag))
    return {
      what: 'has a tag that no image can have',
      remedy: 'Use up to 128 letters, digits, dots, hyphens and underscores in it.',
    };
  return { what: `is not ${IMAGE_PATH.noun}`, remedy: IMAGE_PATH.remedy };
}
