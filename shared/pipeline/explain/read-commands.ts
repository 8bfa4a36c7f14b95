/** Words that stand before a command without being one. */
const PREFIXES: ReadonlySet<string> = new Set([
  ...['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', '('],
  ...['time', 'exec', 'sudo', 'command', 'builtin', 'nohup', 'env', 'eval'],
]);

const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;

/** A word of a shell up to here; `isOpen` when it has begun, though it may be an empty text in quotes. */
interface Words {
  readonly done: string[];
  word: string;
  isOpen: boolean;
}

/**
 * The simple commands of a shell script, as lists of words without quotes: enough to know which tools it calls. What a
 * here-document holds and what a shell would compute is not looked into, except for `$( … )`. Never throws.
 */
export function readCommands(script: string): readonly (readonly string[])[] {
  const commands: (readonly string[])[] = [];
  readInto(script, commands, 0);
  return commands;
}

/** How deep `$( … )` within each other are looked into. */
const MAX_DEPTH = 8;

function readInto(script: string, commands: (readonly string[])[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  let words: Words = { done: [], word: '', isOpen: false };
  let documents: string[] = [];
  const endWord = (): void => {
    if (words.isOpen) words.done.push(words.word);
    words.word = '';
    words.isOpen = false;
  };
  const endCommand = (): void => {
    endWord();
    const command = withoutPrefixes(words.done);
    if (command.length > 0) commands.push(command);
    words = { done: [], word: '', isOpen: false };
  };
  const add = (text: string): void => {
    words.word += text;
    words.isOpen = true;
  };
  let at = 0;
  while (at < script.length) {
    const char = script[at]!;
    if (script.startsWith('${{', at)) {
      const end = endOf(script, '}}', at);
      add(script.slice(at, end));
      at = end;
    } else if (script.startsWith('$(', at) && script[at + 2] !== '(') {
      const end = closingParenthesis(script, at + 2);
      readInto(script.slice(at + 2, end - 1), commands, depth + 1);
      add('$()');
      at = end;
    } else if (char === '\\') {
      if (script[at + 1] !== '\n') add(script[at + 1] ?? '');
      at += 2;
    } else if (char === "'") {
      const end = endOf(script, "'", at + 1);
      add(script.slice(at + 1, end).replace(/'$/, ''));
      at = end;
    } else if (char === '"') {
      const end = closingQuote(script, at + 1);
      const inner = script.slice(at + 1, end - 1);
      for (let from = inner.indexOf('$('); from >= 0;) {
        const close = closingParenthesis(inner, from + 2);
        if (inner[from + 2] !== '(') readInto(inner.slice(from + 2, close - 1), commands, depth + 1);
        from = inner.indexOf('$(', close);
      }
      add(inner);
      at = end;
    } else if (char === '#' && !words.isOpen) {
      at = lineEnd(script, at);
    } else if (char === '\n') {
      endCommand();
      at += 1;
      for (const end of documents) at = afterDocument(script, at, end);
      documents = [];
    } else if (script.startsWith('<<', at) && script[at + 2] !== '<') {
      const [whole, end] = /^<<-?\s*["']?([\w.-]+)["']?/.exec(script.slice(at, at + 80)) ?? ['<<', ''];
      if (end !== '') documents.push(end);
      endWord();
      at += whole.length;
    } else if (char === '&' && (script[at - 1] === '>' || script[at + 1] === '>')) {
      add(char);
      at += 1;
    } else if (
      ';|&(){}`'.includes(char) &&
      !(char === '{' && script[at - 1] === '$') &&
      !isBrace(script, at)
    ) {
      endCommand();
      at += 1;
    } else {
      if (/\s/.test(char)) endWord();
      else add(char);
      at += 1;
    }
  }
  endCommand();
}

/** Braces group commands only as words of their own: those of `${name}` and `{a,b}` belong to their word. */
function isBrace(script: string, at: number): boolean {
  const char = script[at]!;
  if (char !== '{' && char !== '}') return false;
  const isAlone = /^\s?$/.test(script[at - 1] ?? '') && /^[\s;]?$/.test(script[at + 1] ?? '');
  return !isAlone;
}

function withoutPrefixes(words: readonly string[]): readonly string[] {
  let first = 0;
  while (first < words.length && (PREFIXES.has(words[first]!) || ASSIGNMENT.test(words[first]!))) first += 1;
  return words.slice(first);
}

/** After the next `mark`; the end of the text without one. */
function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found;
}

/** After the `"` that closes a text which begins at `from`. */
function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith('${{', at)) at = endOf(text, '}}', at) - 1;
    else if (text.startsWith('$(', at)) at = closingParenthesis(text, at + 2) - 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length + 1;
}

function closingParenthesis(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === "'") at = endOf(text, "'", at + 1) - 1;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length + 1;
}

function afterDocument(text: string, from: number, end: string): number {
  for (let at = from; at < text.length; at = lineEnd(text, at) + 1) {
    if (text.slice(at, lineEnd(text, at)).trim() === end) return Math.min(text.length, lineEnd(text, at) + 1);
  }
  return text.length;
}
