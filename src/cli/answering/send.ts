import { type Answered, type GateOptions, SeveralGatesError, type Sluice } from '../../client.js';
import { type Answering, severalGates } from './choices.js';

/**
 * Sends an answer with the client's method of the same name as the command.
 *
 * @throws SeveralGatesError with the command for each, or SluiceError as the client does
 */
export async function send(
  sluice: Sluice,
  answering: Answering,
  application: string,
  options: GateOptions,
): Promise<Answered> {
  const { command, success = false } = answering;
  try {
    return await (command === 'answer'
      ? sluice.answer(application, { ...options, success })
      : sluice[command](application, options));
  } catch (error) {
    throw error instanceof SeveralGatesError ? severalGates(error.gates, answering) : error;
  }
}
