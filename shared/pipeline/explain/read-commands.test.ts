import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommands } from './read-commands.ts';

const commandsOf = (script: string): string[] => readCommands(script).map((words) => words.join('|'));

describe('readCommands', () => {
  it.each([
    [
      'lines, lists and pipes',
      'npm ci && npm test\ncurl x | tar -x; ls &',
      ['npm|ci', 'npm|test', 'curl|x', 'tar|-x', 'ls'],
    ],
    [
      'what stands before a command',
      'if ! A=1 B=2 sudo curl x; then echo no; fi',
      ['curl|x', 'echo|no', 'fi'],
    ],
    ['quotes as a part of their word', `echo 'a b' "c d" e"f"g`, ['echo|a b|c d|efg']],
    ['a line that goes on', 'docker run \\\n  image', ['docker|run|image']],
    ['no comments', '# curl x\nls # curl y\necho a#b', ['ls', 'echo|a#b']],
    ['what is within $( )', 'x="$(curl a (b))" y=$(wget c) make', ['curl|a', 'b', 'wget|c', 'make']],
    ['not what a here-document holds', "cat > x <<'END'\ncurl a\nEND\nls", ['cat|>|x', 'ls']],
    ['expressions as one word', 'echo ${{ inputs.a && "b; c" }} d', ['echo|${{ inputs.a && "b; c" }}|d']],
    [
      'groups, and braces that are none',
      '{ ls; } ; (cd x && make) ; echo ${a} {b,c}',
      ['ls', 'cd|x', 'make', 'echo|${a}|{b,c}'],
    ],
    [
      'redirections that are no commands',
      'make > log 2>&1 && make &> log',
      ['make|>|log|2>&1', 'make|&>|log'],
    ],
  ])('reads %s', (_, script, expected) => {
    expect(commandsOf(script)).toEqual(expected);
  });

  it('answers for any text', () => {
    const piece = fc.constantFrom(
      'a',
      ' ',
      '\n',
      "'",
      '"',
      '$(',
      ')',
      '(',
      '${{',
      '}}',
      '\\',
      '<<E',
      'E',
      '#',
      '&',
      '|',
      '{',
      '`',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        for (const words of readCommands(pieces.join(''))) expect(words.length).toBeGreaterThan(0);
      }),
    );
  });
});
