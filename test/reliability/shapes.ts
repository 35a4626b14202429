/** What a function is before a deployment, and whether the plan names an alias for it. */
export const SHAPES = {
  'with an alias': [{ exists: true, alias: 'exists' }],
  'with provisioned concurrency': [
    { exists: true, alias: 'exists', provisioned: { before: 8, wanted: 12 } },
    { exists: true, alias: 'missing', provisioned: { before: 0, wanted: 5 } },
  ],
  'without an alias': [{ exists: true }],
  'an alias on $LATEST': [{ exists: true, alias: 'on $LATEST' }],
  'an alias that does not exist': [{ exists: true, alias: 'missing' }],
  'a new function': [{ exists: false }],
  'several functions': [
    { exists: true, alias: 'exists' },
    { exists: true },
    { exists: true, alias: 'missing' },
    { exists: false, alias: 'missing' },
  ],
  'functions with secrets': [
    { exists: true, alias: 'exists', secret: true },
    { exists: true, secret: true },
    { exists: false, alias: 'missing', secret: true },
  ],
} as const satisfies Record<string, readonly Shape[]>;

/** As {@link SHAPES}, of functions that are container images. */
export const IMAGE_SHAPES = {
  'several images': [
    { exists: true, alias: 'exists', image: true },
    { exists: true, image: true },
    { exists: true, alias: 'missing', image: true },
    { exists: false, alias: 'missing', image: true },
  ],
  'an image with an alias': [{ exists: true, alias: 'exists', image: true }],
  'an image without an alias': [{ exists: true, image: true }],
} as const satisfies Record<string, readonly Shape[]>;

/** Both. */
export const ALL_SHAPES = { ...SHAPES, ...IMAGE_SHAPES };

export type ShapeName = keyof typeof ALL_SHAPES;

export interface Shape {
  exists: boolean;
  alias?: 'exists' | 'on $LATEST' | 'missing';
  /** What the version has that the alias serves, and what the plan wants. */
  provisioned?: { before: number; wanted: number };
  /** The deployment fills its environment in from a secret. */
  secret?: true;
  /** It is a container image, whose tag has another one by now. */
  image?: true;
}
