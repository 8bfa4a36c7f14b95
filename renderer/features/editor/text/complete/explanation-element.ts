import { wordsOf } from '../words.ts';
import type { Explanation } from './explain-place.ts';

/** What floats over the text to explain a word. */
export function explanationElement({ title, type, help, facts, example }: Explanation): HTMLElement {
  const element = document.createElement('div');
  element.className = 'cm-explanation';
  const head = document.createElement('div');
  head.append(spanOf('cm-explanation-title', title));
  if (type !== '') head.append(spanOf('cm-explanation-type', type));
  element.append(head);
  if (help !== '') element.append(wordsOf('p', help));
  if (facts.length > 0) {
    const list = document.createElement('dl');
    for (const [name, words] of facts) {
      const term = document.createElement('dt');
      term.textContent = name;
      list.append(term, wordsOf('dd', words));
    }
    element.append(list);
  }
  if (example !== null) {
    const code = document.createElement('pre');
    code.textContent = example;
    element.append(code);
  }
  return element;
}

function spanOf(className: string, text: string): HTMLElement {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  return span;
}
