import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('wrong', import.meta.url));

/** A file with mistakes, beside which its diagnostics are written down. */
export interface WrongFile {
  name: string;
  bytes: Uint8Array;
}

export function wrongFiles(): WrongFile[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({
      name: file.replace('.yaml', ''),
      bytes: readFileSync(`${folder}/${file}`),
    }));
}
