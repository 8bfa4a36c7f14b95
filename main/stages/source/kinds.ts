import type { Kind } from '../kind.ts';
import { sourceGit } from './git.ts';

export const SOURCE_KINDS: readonly Kind[] = [sourceGit];
