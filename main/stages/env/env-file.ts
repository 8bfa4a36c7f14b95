import { AppError } from '#shared/lib/app-error.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Variables with which a file could run something else than the stage means, or that belong to Pipewright. */
const RESERVED =
  /^(PIPEWRIGHT_.*|GITHUB_.*|NODE_OPTIONS|LD_PRELOAD|LD_LIBRARY_PATH|LD_AUDIT|DYLD_.*|BASH_ENV|ENV|IFS|GIT_(SSH|SSH_COMMAND|EXEC_PATH|CONFIG.*|DIR))$/i;

/** @throws AppError `usage` for a name that is none, or one that is not for files to set */
export function checkVariable(name: string, where: string): void {
  if (!NAME.test(name)) {
    throw new AppError('usage', `${where}: "${name}" is no name of a variable.`, {
      hint: 'Names are of letters, digits and `_`, and do not begin with a digit.',
    });
  }
  if (RESERVED.test(name)) {
    throw new AppError('usage', `${where}: ${name} cannot be set from there.`, {
      hint: "Set it in the stage's own `env`, where everyone who reads the pipeline sees it.",
    });
  }
}

/**
 * Reads a `.env` file as dotenv does: `NAME=value`, `export` before it, comments, single quotes as they are, double quotes with
 * `\n`, `\t`, `\"`, `\\` and over several lines. `${NAME}` stands for a variable of the lines above or of `outer`, but not in
 * single quotes.
 * @param file for messages
 * @throws AppError `usage` with the line that is not of this form
 */
export function parseEnvFile(
  text: string,
  file: string,
  outer: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!.trim();
    if (line === '' || line.startsWith('#')) continue;
    const where = `${file}:${index + 1}`;
    const [, name, rest] = /^(?:export\s+)?([^=\s]+)\s*=\s*(.*)$/s.exec(line) ?? [];
    if (name === undefined || rest === undefined) {
      throw new AppError('usage', `${where} is not of the form NAME=value.`, {
        hint: 'A line holds a variable, or a comment that begins with #.',
      });
    }
    checkVariable(name, where);
    const quote = /^["'`]/.exec(rest)?.[0];
    let value: string;
    if (quote === undefined) value = rest.replace(/(^|\s)#.*$/, '').trim();
    else {
      let body = rest.slice(1);
      let end = closingQuote(body, quote);
      while (end === -1 && index + 1 < lines.length) {
        index += 1;
        body += `\n${lines[index]!}`;
        end = closingQuote(body, quote);
      }
      if (end === -1) {
        throw new AppError('usage', `${where}: the value of ${name} has no closing ${quote}.`, {
          hint: 'Close the quote, or leave it out.',
        });
      }
      value = quote === '"' ? unescape(body.slice(0, end)) : body.slice(0, end);
    }
    values[name] = quote === "'" ? value : expand(value, { ...outer, ...values });
  }
  return values;
}

function closingQuote(text: string, quote: string): number {
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '\\' && quote === '"') index += 1;
    else if (text[index] === quote) return index;
  }
  return -1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const unescape = (text: string): string =>
  text.replaceAll(/\\([nrt"\\])/g, (_, char: string) => ESCAPES[char] ?? char);

const expand = (text: string, known: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g, (_, name: string, instead?: string) =>
    (known[name] ?? '') === '' ? (instead ?? '') : known[name]!,
  );
