import { InvalidArgumentError } from 'commander';
import { parseDuration } from '#shared/lib/durations.ts';
import { parseSize } from '#shared/pipeline/parse-size.ts';

// How the words of options become values; what does not fit is a usage error with the form that would.

export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

export function paths(text: string): string[] {
  return text.split(',').filter((path) => path !== '');
}

export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number above 0.');
  return value;
}

export function duration(text: string): number {
  const value = parseDuration(text);
  if (value === null) throw new InvalidArgumentError('It must be a duration, such as 30d.');
  return value;
}

export function size(text: string): number {
  const value = parseSize(text);
  if (value === null) throw new InvalidArgumentError('It must be a size, such as 10GB.');
  return value;
}

export function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError('It must be a port: 0 to 65535.');
  return value;
}
