import type { Kind } from '../kind.ts';

export const BUILD_KINDS: readonly Kind[] = [];
