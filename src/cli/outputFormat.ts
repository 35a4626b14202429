/** How a command writes its results for programs: objects, one after the other. */
export type StreamFormat = 'json' | 'yaml';

/** How a command writes its results. */
export type OutputFormat = 'text' | StreamFormat;
