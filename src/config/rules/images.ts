import { readImageUri } from '../../domain/images.js';
import { PACKAGE_TYPES } from '../../domain/packages.js';
import { oncePerPlace, type Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import { nearest } from '../shape/nearest.js';
import { packageType } from '../written/meaning.js';
import type { FunctionFact, PackageFact } from './facts.js';
import { imageProblem } from './imageProblem.js';
import { regionsByTarget } from './knownRegions.js';
import { hasPlaceholder } from './placeholders.js';
import type { Rule } from './rule.js';

const artifact = (path: string, type: string): string =>
  `artifacts:\n  - {functionName: orders, path: "${path}", type: ${type}}`;

const REGISTRY = '111111111111.dkr.ecr.us-east-1.amazonaws.com';

/** A function of the example that is a container image, from this region. */
const imageIn = (region: string): string =>
  `${artifact(`111111111111.dkr.ecr.${region}.amazonaws.com/orders:1.4.0`, 'image')}
providerOptions:
  lambda:
    - {target: production, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run}`;

export const artifactType: Rule = {
  code: 'artifact-type',
  inEditor: true,
  reason: 'Lambda takes the code of a function as a zip file or as a container image.',
  wrong: artifact('s3://packages/orders.zip', 'zip'),
  right: artifact('s3://packages/orders.zip', 'zipFile'),
  breaches: ({ packages }) =>
    packages.flatMap(({ type }): Breach[] => {
      if (type === undefined || packageType(type.value) || hasPlaceholder(type.value)) return [];
      const meant = nearest(type.value, PACKAGE_TYPES);
      return [
        {
          place: type.place,
          message: `${quoted(type.value)} is no type of a package.`,
          remedy: meant ? `Did you mean ${quoted(meant)}?` : 'Write zipFile or image.',
        },
      ];
    }),
};

/** By https://docs.aws.amazon.com/lambda/latest/dg/images-create.html */
export const imagePath: Rule = {
  code: 'image-path',
  inEditor: true,
  reason:
    'Lambda takes container images from private repositories of Amazon ECR alone. An image is named by the address of its registry, its repository, and a tag or its digest.',
  wrong: artifact('docker.io/acme/orders:1.4.0', 'image'),
  right: artifact(`${REGISTRY}/acme/orders:1.4.0`, 'image'),
  breaches: ({ packages }) => packages.flatMap(badImage),
};

function badImage({ image }: PackageFact): Breach[] {
  if (image === undefined || hasPlaceholder(image.value)) return [];
  const problem = imageProblem(image.value);
  if (problem === undefined) return [];
  const { what, remedy } = problem;
  return [{ place: image.place, message: `${quoted(image.value)} ${what}.`, remedy }];
}

/** By https://docs.aws.amazon.com/lambda/latest/dg/images-create.html */
export const imageRegion: Rule = {
  code: 'image-region',
  reason:
    'Lambda takes a container image only from a repository in its own region. ECR can copy what is pushed to one region to others.',
  wrong: imageIn('eu-west-1'),
  right: imageIn('us-east-1'),
  breaches({ targets = [], functions = [] }) {
    const regions = regionsByTarget(targets);
    return oncePerPlace(
      functions.flatMap((each) => foreignImage(each, regions.get(each.target?.value ?? ''))),
    );
  },
};

function foreignImage({ image, target }: FunctionFact, region: string | undefined): Breach[] {
  const { region: own } = readImageUri(image?.value ?? '') ?? {};
  if (image === undefined || own === undefined || region === undefined || own === region) return [];
  return [
    {
      place: image.place,
      message: `The image is in ${own}, and the target ${quoted(target?.value ?? '')} deploys to ${region}.`,
      remedy: `Name a repository in ${region}; {{sluice.region}} stands for the region of each target.`,
    },
  ];
}
