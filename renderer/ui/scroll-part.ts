/** Brings an element into view by the least movement of the part around it that scrolls; nothing further out moves. */
export function scrollIntoPart(element: Element): void {
  const part = scrollingPart(element);
  if (part === null) return;
  const style = getComputedStyle(part);
  const { top, height } = part.getBoundingClientRect();
  const first = top + pixels(style.scrollPaddingTop);
  const last = top + height - pixels(style.scrollPaddingBottom);
  const { top: start, bottom: end } = element.getBoundingClientRect();
  if (start < first) part.scrollTop += start - first;
  else if (end > last) part.scrollTop += Math.min(end - last, start - first);
}

/** Scrolls the part that an element stands in back to its start; nothing further out moves. */
export function scrollToStart(element: Element): void {
  const part = scrollingPart(element);
  if (part !== null) part.scrollTop = 0;
}

function scrollingPart(element: Element): Element | null {
  let part = element.parentElement;
  while (part !== null && !/^(?:auto|scroll)$/.test(getComputedStyle(part).overflowY)) {
    part = part.parentElement;
  }
  return part;
}

/** `auto` is none. */
const pixels = (length: string): number => Number.parseFloat(length) || 0;
