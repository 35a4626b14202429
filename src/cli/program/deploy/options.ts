import { Option } from 'commander';

export function outputOption(): Option {
  return new Option('-o, --output <format>', 'text, or a JSON object in each line')
    .choices(['text', 'json'])
    .default('text');
}
