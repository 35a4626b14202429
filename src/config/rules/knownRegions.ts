import { REGION } from '../forms.js';
import { nearest } from '../shape/nearest.js';
import type { Facts, Said } from './facts.js';

/** AWS's regions without their numbers: it often adds a number, and seldom a name. */
const PLACES = [
  ...['us-east', 'us-west', 'us-gov-east', 'us-gov-west', 'ca-central', 'ca-west', 'mx-central'],
  ...['sa-east', 'eu-central', 'eu-west', 'eu-north', 'eu-south', 'eusc-de-east', 'il-central'],
  ...['me-south', 'me-central', 'af-south', 'ap-east', 'ap-south', 'ap-northeast', 'ap-southeast'],
  ...['cn-north', 'cn-northwest', 'us-iso-east', 'us-iso-west', 'us-isob-east', 'us-isob-west'],
  ...['eu-isoe-west', 'us-isof-east', 'us-isof-south'],
];

/** The region that a misspelt one most likely stands for, if one is near enough. */
export function meantRegion(region: string): string | undefined {
  const [, name = '', number = ''] =
    /^([a-z-]+)([0-9]{1,2})[a-z]?$/.exec(region.toLowerCase().replaceAll(/[_. ]/g, '-')) ?? [];
  const place = name.replace(/-$/, '');
  const near = PLACES.includes(place) ? place : nearest(place, PLACES);
  return near === undefined ? undefined : `${near}-${number}`;
}

/** Whether a region has the form of one, and a place that is known or like no other. */
export function isRegion(region: string): boolean {
  return REGION.pattern.test(region) && [undefined, region].includes(meantRegion(region));
}

/** The regions of targets, by name, as far as they are certain. */
export function regionsByTarget(
  targets: NonNullable<Facts['targets']>,
): ReadonlyMap<string, string | undefined> {
  return new Map(targets.map(({ name, region }) => [name.value, certainRegion(region)]));
}

/** A region that no rule complains about, so that others can draw conclusions from it. */
export function certainRegion(region: Said<string> | undefined): string | undefined {
  return region !== undefined && isRegion(region.value) ? region.value : undefined;
}
