/**
 * Makes the accounts of the examples in an emulator that runs already, such as the one of
 * docker-compose.yml: `npm run seed`. AWS_ENDPOINT_URL says where another one is.
 */
import { answers } from './stack/answers.js';
import { seedExamples } from './stack/examples.js';

const awsEndpoint = process.env['AWS_ENDPOINT_URL'] ?? 'http://127.0.0.1:4566';
if (await answers(`${awsEndpoint}/_ministack/health`)) {
  await seedExamples(awsEndpoint);
  console.log(`The accounts of the examples are at ${awsEndpoint}.`);
} else {
  console.error(
    `No emulator answers at ${awsEndpoint}. Start one (\`docker compose up --detach\`), ` +
      'or say in AWS_ENDPOINT_URL where it is.',
  );
  process.exitCode = 1;
}
