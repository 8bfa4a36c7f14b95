import { describe, expect, it } from 'vitest';
import { matchCommand } from './match-command.ts';

const best = (typed: string, ...titles: string[]): string | undefined =>
  titles.toSorted((a, b) => matchCommand(typed, b, []) - matchCommand(typed, a, []))[0];

describe('matchCommand', () => {
  it('prefers a title that is what was typed, then one that begins so, then one that contains it', () => {
    expect(best('go to projects', 'Go to project shop', 'Go to Projects')).toBe('Go to Projects');
    expect(best('run', 'Open run #1', 'Run Shop')).toBe('Run Shop');
    expect(best('#12', 'Open run Shop #3', 'Open run Shop #12')).toBe('Open run Shop #12');
  });

  it('finds words in any order and in what else describes the command', () => {
    expect(matchCommand('folder open', 'Open a folder', [])).toBeGreaterThan(0);
    expect(matchCommand('appearance', 'Light theme', ['appearance'])).toBeGreaterThan(0);
    expect(matchCommand('light', 'Light theme', [])).toBeGreaterThan(
      matchCommand('light', 'Theme', ['light']),
    );
  });

  it('finds letters that only follow each other, behind all else', () => {
    expect(matchCommand('gset', 'Go to Settings', [])).toBeGreaterThan(0);
    expect(matchCommand('gset', 'Go to Projects', [])).toBe(0);
  });
});
