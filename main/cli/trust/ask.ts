import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Answers by the letter and the word that choose them. */
export type Answers<Answer extends string> = Readonly<Record<Answer, string>>;

/**
 * Asks until one of the answers comes.
 * @param question with the answers in it
 * @returns null when there will be no answer: the end of the input, or Ctrl-C
 */
export function ask<Answer extends string>(
  input: Readable,
  output: Writable,
  question: string,
  answers: Answers<Answer>,
): Promise<Answer | null> {
  const lines = createInterface({ input, output, terminal: false });
  const prompt = (): void => void output.write(question);
  return new Promise((resolve) => {
    const end = (answer: Answer | null): void => {
      lines.removeAllListeners();
      lines.close();
      process.off('SIGINT', giveUp);
      resolve(answer);
    };
    const giveUp = (): void => {
      output.write('\n');
      end(null);
    };
    process.on('SIGINT', giveUp);
    lines.on('line', (line) => {
      const word = line.trim().toLowerCase();
      const chosen = (Object.keys(answers) as Answer[]).find(
        (each) => word === each || word === answers[each],
      );
      if (chosen === undefined) prompt();
      else end(chosen);
    });
    lines.on('close', giveUp);
    prompt();
  });
}
