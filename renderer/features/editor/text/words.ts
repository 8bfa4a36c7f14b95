/** An element with a text in which `code` is set as code. */
export function wordsOf(tag: 'div' | 'p' | 'dd' | 'span', text: string): HTMLElement {
  const element = document.createElement(tag);
  text.split(/`([^`]+)`/).forEach((part, index) => {
    if (index % 2 === 0) {
      element.append(part);
      return;
    }
    const code = document.createElement('code');
    code.textContent = part;
    element.append(code);
  });
  return element;
}
