import { InvalidArgumentError, Option } from 'commander';

export function limitOption(): Option {
  return new Option('--limit <number>', 'at most so many').argParser(positive).default(20);
}

function positive(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number from 1 on, such as 50.');
}
