import type { Kind } from '../kind.ts';
import { publishNpm } from './npm.ts';
import { publishOci } from './oci.ts';

export const PUBLISH_KINDS: readonly Kind[] = [publishNpm, publishOci];
