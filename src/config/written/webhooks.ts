import { z } from 'zod';
import { HTTP_METHODS, MAX_RETRIES, NETWORK_MODES } from '../../domain/plan.js';
import { agentIdentifier, header, webhookName, webhookUri } from './fields.js';
import { anyCase, freeText, told } from './words.js';

/** A call over HTTP. */
export const webhook = told(
  z.strictObject({
    name: webhookName,
    method: anyCase(HTTP_METHODS, 'an HTTP method such as POST', 'The HTTP method of the call.'),
    uriTemplate: webhookUri,
    networkMode: told(z.enum(NETWORK_MODES), 'direct or remoteNetworkAgent', {
      help: 'Who sends the call: the worker (direct, the default), or an agent inside a private network.',
    }).exactOptional(),
    agentIdentifier: agentIdentifier.exactOptional(),
    headers: told(z.array(header), 'a list of headers, each with key and value', {
      examples: [[{ key: 'Content-Type', value: 'application/json' }]],
    }).exactOptional(),
    bodyTemplate: told(
      z.strictObject({ inline: freeText('the body of the call') }),
      'a mapping with inline',
      {
        help: 'The body of the call: a text with {{variables}}.',
        examples: [{ inline: '{"callback": "{{sluice.callbackUri}}/callback"}' }],
      },
    ).exactOptional(),
    retryCount: told(z.int(), `a whole number from 0 to ${MAX_RETRIES}`, {
      help: 'How often the call is tried again when it fails. The default is 0.',
      editor: { minimum: 0, maximum: MAX_RETRIES },
    }).exactOptional(),
    disableCallback: told(z.boolean(), 'true or false', {
      help: 'Whether the step ends with the call, instead of waiting for a callback.',
    }).exactOptional(),
  }),
  'a mapping with name, method and uriTemplate',
);
