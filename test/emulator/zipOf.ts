import { crc32 } from 'node:zlib';

/** A zip archive of the given files, stored without compression. */
export function zipOf(files: Record<string, string>): Uint8Array {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const fields = sharedFields(name, content);
    const entry = Buffer.concat([word(0x04034b50), fields, Buffer.from(name), content]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([word(0x02014b50), half(20), fields, rest, Buffer.from(name)]));
    entries.push(entry);
    offset += entry.length;
  }
  return Buffer.concat([...entries, ...directory, end(directory, offset)]);
}

/** What an entry and its line in the directory have in common, from the version to the lengths. */
function sharedFields(name: string, content: Buffer): Buffer {
  const sizes = [word(crc32(content)), word(content.length), word(content.length)];
  const noTime = word(0x00210000);
  return Buffer.concat([half(20), half(0), half(0), noTime, ...sizes, half(name.length), half(0)]);
}

function end(directory: Buffer[], offset: number): Buffer {
  const size = directory.reduce((sum, line) => sum + line.length, 0);
  const counts = [half(0), half(0), half(directory.length), half(directory.length)];
  return Buffer.concat([word(0x06054b50), ...counts, word(size), word(offset), half(0)]);
}

function half(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
