/** Where a container image lies in Amazon ECR. */
export interface ImageLocation {
  /** The account that the registry is of. */
  registryId: string;
  region: string;
  /** `REGISTRY/REPOSITORY`, to which a tag or a digest is added. */
  base: string;
  /** Within the registry. */
  repository: string;
  /** Absent where the image is named by its digest alone. */
  tag?: string;
  /** Without `sha256:`, 64 hexadecimal digits. */
  digest?: string;
}

/**
 * Sources: https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html for the address, in
 * every partition of AWS, and
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html for the name;
 * tags are those of the Open Container Initiative. Lambda takes no address of ECR's FIPS endpoints:
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export const IMAGE_URI =
  /^((\d{12})\.dkr\.ecr\.([a-z]{2,}(?:-[a-z]+)+-\d{1,2})\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|c2s\.ic\.gov|sc2s\.sgov\.gov|csp\.hci\.ic\.gov|cloud\.adc-e\.uk)\/([a-z0-9](?:[a-z0-9]|[._/-](?=[a-z0-9])){1,255}))(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127})|@sha256:([0-9a-f]{64}))$/;

/** Takes `REGISTRY/REPOSITORY:TAG` or `REGISTRY/REPOSITORY@sha256:DIGEST` apart; undefined for other texts. */
export function readImageUri(uri: string): ImageLocation | undefined {
  const found = IMAGE_URI.exec(uri);
  if (found === null) return undefined;
  const [, base = '', registryId = '', region = '', repository = '', tag, digest] = found;
  return {
    registryId,
    region,
    base,
    repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

/** `REGISTRY/REPOSITORY` of an image; nothing of a text that names none. */
export function repositoryOf(uri: string): string[] {
  const { base } = readImageUri(uri) ?? {};
  return base === undefined ? [] : [base];
}

/** An image by its digest, whatever the tag names by now. */
export function imageByDigest(imageUri: string, codeSha256: string): string {
  return `${readImageUri(imageUri)?.base ?? imageUri}@sha256:${codeSha256}`;
}

/**
 * The media types of what stands for several images, one for each platform. Lambda takes none of them:
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html ("multi-architecture container images").
 */
export const INDEX_MEDIA_TYPES: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
