import type { Kind } from '../kind.ts';

export const PUBLISH_KINDS: readonly Kind[] = [];
