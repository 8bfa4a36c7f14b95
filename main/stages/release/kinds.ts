import type { Kind } from '../kind.ts';
import { releaseVersion } from './version.ts';

export const RELEASE_KINDS: readonly Kind[] = [releaseVersion];
