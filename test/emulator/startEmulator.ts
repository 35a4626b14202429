import { type LocalEmulator, startEmulator as start } from '../../dev/stack/emulator.js';

export interface Emulator extends LocalEmulator {
  /** The date that decides which runtimes are blocked. */
  setToday(date: string): Promise<void>;
}

/** Starts an emulator of the test's own, with creates and updates that take a tenth of a second. */
export async function startEmulator(settings: Record<string, string> = {}): Promise<Emulator> {
  const emulator = await start({ env: { SLUICE_EMULATOR_UPDATE_MS: '100', ...settings } });
  const setToday = async (date: string): Promise<void> => {
    await fetch(`${emulator.endpoint}/_sluice/today?date=${date}`, { method: 'POST' });
  };
  return { ...emulator, setToday };
}
