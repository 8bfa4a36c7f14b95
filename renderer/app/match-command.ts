import type { Command } from '#renderer/ui/commands/command-registry.ts';

const WHOLE = 1;
const BEGINS = 0.9;
const CONTAINS = 0.8;
const ALL_WORDS = 0.6;
const SCATTERED = 0.2;

/**
 * How well a command fits what was typed: 0 (not at all) to 1. The title counts before other words, and words that stand
 * there before letters that only follow each other.
 */
export function matchCommand(typed: string, title: string, otherWords: readonly string[]): number {
  const wanted = typed.trim().toLowerCase().replace(/\s+/g, ' ');
  const name = title.toLowerCase();
  if (wanted === '' || name === wanted) return WHOLE;
  if (name.startsWith(wanted)) return BEGINS;
  if (name.includes(wanted)) return CONTAINS;
  const all = [name, ...otherWords].join(' ').toLowerCase();
  const words = wanted.split(' ');
  if (words.every((word) => all.includes(word))) {
    // More of it in the title is better.
    return ALL_WORDS + (0.1 * words.filter((word) => name.includes(word)).length) / words.length;
  }
  return isScattered(wanted.replaceAll(' ', ''), name) ? SCATTERED : 0;
}

/** Whether the letters stand in the text in their order. */
function isScattered(letters: string, text: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at === -1) return false;
    from = at + 1;
  }
  return true;
}

/** The commands that fit what was typed, the best first; equals stay in their order. */
export function rankCommands(typed: string, commands: readonly Command[]): Command[] {
  return commands
    .map((command) => {
      const words = [command.group, ...(command.keywords ?? [])];
      return { command, score: matchCommand(typed, command.title, words) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => command);
}
