/** What a command file said, in order, and what in it could not be read. */
export interface CommandFile {
  readonly values: readonly (readonly [name: string, value: string])[];
  /** One sentence per line that is neither `name=value` nor a heredoc. */
  readonly problems: readonly string[];
}

const HEREDOC = /^([^=]+?)<<(.+)$/;

/**
 * Reads the form in which steps pass values on: `name=value`, or `name<<DELIMITER`, lines, `DELIMITER`.
 * @see GitHub Actions, "Workflow commands", environment files
 */
export function parseCommandFile(text: string): CommandFile {
  const values: [string, string][] = [];
  const problems: string[] = [];
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!;
    if (line.trim() === '') continue;
    const equals = line.indexOf('=');
    const heredoc = HEREDOC.exec(line);
    if (heredoc && (equals === -1 || equals > line.indexOf('<<'))) {
      const [, name = '', delimiter = ''] = heredoc;
      const end = lines.indexOf(delimiter, index + 1);
      if (end === -1) {
        problems.push(`The value of "${name}" has no closing line "${delimiter}".`);
        break;
      }
      values.push([name.trim(), lines.slice(index + 1, end).join('\n')]);
      index = end;
    } else if (equals > 0) {
      values.push([line.slice(0, equals).trim(), line.slice(equals + 1)]);
    } else {
      problems.push(`Line ${index + 1} is not of the form name=value.`);
    }
  }
  return { values, problems };
}
