/** `1 stage`, `8 stages`. */
export const countLabel = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
