import { isS3Files } from '../../domain/settingParts.js';
import type { Breach } from '../findings.js';
import { exampleOption } from './exampleParts.js';
import type { Facts, Said, SettingsFact } from './facts.js';
import type { Rule } from './rule.js';
import { fileSystemsOf, networksOf } from './settingsFacts.js';

/** By the members of VpcConfig and CreateFunction in the API reference. */
const MAX_SUBNETS = 16;
const MAX_GROUPS = 5;
const MAX_FILE_SYSTEMS = 1;

const SUBNET = 'subnet-0a1b2c3d4e5f60718';
const GROUP = 'sg-0a1b2c3d4e5f60718';
const FILE_SYSTEM =
  'fileSystemConfigs: [{arn: "arn:aws:elasticfilesystem:us-east-1:111111111111:access-point/fsap-0a1b2c3d4e5f60718", localMountPath: /mnt/data';

const option = (...settings: string[]): string => exampleOption('runtime: nodejs24.x', ...settings);

function eachFunction(find: (settings: SettingsFact) => Breach[]): (facts: Facts) => Breach[] {
  return ({ functions = [] }) => functions.flatMap(({ settings }) => find(settings));
}

/** By https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
export const vpcConfig: Rule = {
  code: 'vpc-config',
  reason:
    'AWS connects a function to a VPC through at least one subnet, with at least one security group. Two empty lists take it out of its VPC.',
  wrong: option(`vpcConfig: {subnetIds: [${SUBNET}], securityGroupIds: []}`),
  right: option(`vpcConfig: {subnetIds: [${SUBNET}], securityGroupIds: [${GROUP}]}`),
  breaches: eachFunction((settings) => {
    const { place, counts } = networksOf(settings) ?? {};
    if (place === undefined || counts === undefined) return [];
    if (counts.subnets > 0 === counts.groups > 0) return [];
    const lacks = counts.subnets > 0 ? 'security groups' : 'subnets';
    const message = `The vpcConfig names no ${lacks}, and AWS needs both or neither.`;
    return [{ place, message, remedy: `Name ${lacks}, too, or leave both lists empty.` }];
  }),
};

export const vpcSize: Rule = {
  code: 'vpc-size',
  inEditor: true,
  reason: `AWS takes at most ${MAX_SUBNETS} subnets and ${MAX_GROUPS} security groups for a function.`,
  wrong: option(
    `vpcConfig: {subnetIds: [${SUBNET}], securityGroupIds: [sg-1, sg-2, sg-3, sg-4, sg-5, sg-6]}`,
  ),
  right: option(`vpcConfig: {subnetIds: [${SUBNET}], securityGroupIds: [${GROUP}]}`),
  breaches: eachFunction((settings) => {
    const { subnets = [], groups = [] } = networksOf(settings) ?? {};
    return [
      ...tooMany(subnets, MAX_SUBNETS, 'subnets'),
      ...tooMany(groups, MAX_GROUPS, 'security groups'),
    ];
  }),
};

export const tooManyFileSystems: Rule = {
  code: 'too-many-file-systems',
  inEditor: true,
  reason: 'AWS gives a function one file system.',
  wrong: option(
    `${FILE_SYSTEM}}, {arn: "arn:aws:elasticfilesystem:us-east-1:111111111111:access-point/fsap-1a1b2c3d4e5f60718", localMountPath: /mnt/more}]`,
  ),
  right: option(`${FILE_SYSTEM}}]`),
  breaches: eachFunction((settings) =>
    tooMany(
      fileSystemsOf(settings).map(({ place }) => ({ value: '', place })),
      MAX_FILE_SYSTEMS,
      'file systems',
    ),
  ),
};

/** By https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html */
export const fileSystemVpc: Rule = {
  code: 'file-system-vpc',
  reason: 'A function reaches a file system only from the VPC in which that has a mount target.',
  wrong: option(`${FILE_SYSTEM}}]`, 'vpcConfig: {subnetIds: [], securityGroupIds: []}'),
  right: option(
    `${FILE_SYSTEM}}]`,
    `vpcConfig: {subnetIds: [${SUBNET}], securityGroupIds: [${GROUP}]}`,
  ),
  breaches: eachFunction((settings) => {
    const [first] = fileSystemsOf(settings);
    const { counts } = networksOf(settings) ?? {};
    if (first === undefined || counts === undefined || counts.subnets + counts.groups > 0)
      return [];
    const message = 'The function has a file system, and is taken out of its VPC.';
    const remedy =
      'Name the subnets and security groups of the file system, or no file systems: [].';
    return [{ place: first.place, message, remedy }];
  }),
};

/** By the member S3FilesConfig of FileSystemConfig in the API reference. */
export const s3FilesConfig: Rule = {
  code: 's3-files-config',
  reason:
    'AWS takes s3FilesConfig for access points of Amazon S3 Files, and refuses it for others.',
  wrong: option(`${FILE_SYSTEM}, s3FilesConfig: {directS3Read: AUTO}}]`),
  right: option(`${FILE_SYSTEM}}]`),
  breaches: eachFunction((settings) =>
    fileSystemsOf(settings).flatMap(({ arn, s3Files }) => {
      if (s3Files === undefined || arn === undefined || isS3Files(arn.value)) return [];
      const message = 'The access point is not one of Amazon S3 Files.';
      return [{ place: s3Files.place, message, remedy: 'Remove s3FilesConfig.' }];
    }),
  ),
};

function tooMany(all: readonly Said<string>[], most: number, what: string): Breach[] {
  const first = all[most];
  if (first === undefined) return [];
  const message = `The function has ${all.length} ${what}, and AWS takes at most ${most}.`;
  return [{ place: first.place, message, remedy: `Leave ${all.length - most} of them out.` }];
}
