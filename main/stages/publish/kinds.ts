import type { Kind } from '../kind.ts';
import { publishOci } from './oci.ts';

export const PUBLISH_KINDS: readonly Kind[] = [publishOci];
