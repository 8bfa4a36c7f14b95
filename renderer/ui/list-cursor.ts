/**
 * Where a key takes the cursor of a list: J/K and the arrows by one, PageUp/PageDown by a page, Home and End to the ends.
 * @param index the cursor, or -1 when it stands nowhere yet
 * @returns the new index, or null when the key does not move it
 */
export function moveCursor(key: string, index: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const clamp = (value: number): number => Math.min(count - 1, Math.max(0, value));
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return clamp(index + 1);
    case 'ArrowUp':
    case 'k':
      return index === -1 ? count - 1 : clamp(index - 1);
    case 'PageDown':
      return clamp(Math.max(0, index) + page);
    case 'PageUp':
      return clamp(index - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
