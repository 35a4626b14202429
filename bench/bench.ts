/** What Sluice costs, as ratios: `npm run bench`. It fails when a ratio is above its limit. */
import { benchConfig } from './config.js';
import { benchGateway } from './gateway.js';
import { benchSizes } from './sizes.js';

const withinLimits = [benchConfig(), benchSizes(), await benchGateway()];
if (withinLimits.includes(false)) process.exitCode = 1;
