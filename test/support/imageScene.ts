import type { PinResult } from '../../src/activities/pin.js';
import { markText } from '../../src/domain/marks.js';
import { isImage, packageUri, type PinnedImage } from '../../src/domain/packages.js';
import type { PlannedImage } from '../../src/domain/plan.js';
import { activityBench } from './activityBench.js';
import { AwsPlace } from './awsPlace.js';
import { imagePlan, ImageRepository } from './imageRepository.js';
import { uniqueName } from './names.js';

/** A repository in a place of its own, and a function that may be made of its images. */
export async function scene() {
  const run = activityBench();
  const place = await AwsPlace.make();
  const name = uniqueName('orders');
  const repository = await ImageRepository.make(place, name);
  const access = place.access(name);
  const { function: _, ...target } = access;
  const pin = async (planned: PlannedImage): Promise<PinResult> => {
    const [result] = await run('pinPackages', [{ ...target, package: planned }]);
    return result!;
  };
  return { place, name, repository, access, pin };
}

export type ImageScene = Awaited<ReturnType<typeof scene>>;

/** The image that has the tag now. */
export async function pinned({ pin, repository }: ImageScene): Promise<PinnedImage> {
  const result = await pin({ imageUri: repository.uri() });
  if ('failure' in result || !isImage(result.pinned)) throw new Error(JSON.stringify(result));
  return result.pinned;
}

/** A function of an image that was released as version 1, and the state of `$LATEST`. */
export async function released() {
  const run = activityBench();
  const one = await scene();
  const { access, name, place, repository } = one;
  await repository.put('first');
  const first = await pinned(one);
  const plan = imagePlan(place, repository, name);
  const { state } = await run('createFunction', { ...access, plan, package: first });
  const { deploymentId } = access;
  const published = await run('publishVersion', {
    ...access,
    revisionId: state.revisionId,
    codeSha256: first.codeSha256,
    description: markText({ deploymentId, packageUri: packageUri(first) }),
  });
  return { ...one, first, latest: published.state };
}

/** That function, with another image on `$LATEST`. */
export async function updated() {
  const run = activityBench();
  const one = await released();
  await one.repository.put('second');
  const second = await pinned(one);
  const { revisionId } = one.latest;
  const { state } = await run('updateCode', { ...one.access, revisionId, package: second });
  return { ...one, second, latest: state };
}
