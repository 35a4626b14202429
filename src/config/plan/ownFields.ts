import { z } from 'zod';
import { isPrintable } from '../../domain/printable.js';
import { MAX_COMMENT } from '../../domain/shortText.js';
import { told } from '../written/words.js';

/** Fields that only a plan has. No rule looks at them: what they take is said here. */

/** AWS is told it when the deploy role is assumed, and takes little else there. */
export const deploymentId = told(
  z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  'a deployment id of 1 to 64 letters, digits and hyphens, such as a UUID',
);

/** Of a published version of a function: Lambda counts them. */
export const versionNumber = told(
  z.string().regex(/^[1-9][0-9]{0,14}$/),
  'the number of a version',
);

/** S3 makes them, as opaque text: up to 1,024 bytes that can stand in an address. */
export const objectVersion = told(
  z.string().regex(/^[\x21-\x7e]{1,1024}$/),
  'the id of a version of an S3 object',
);

const CODE_SHA256 =
  'the SHA-256 of the package: in base64 of a zip file, in 64 hexadecimal digits of an image';

/** 32 bytes. */
export const codeSha256 = told(
  z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/),
  CODE_SHA256,
);

/** As {@link codeSha256}, of a container image: its digest. */
export const imageDigest = told(z.string().regex(/^[0-9a-f]{64}$/), CODE_SHA256);

/** Why somebody asks for it. */
export const comment = told(
  z.string().max(MAX_COMMENT).refine(isPrintable),
  `printable text of up to ${MAX_COMMENT} characters in one line`,
);
