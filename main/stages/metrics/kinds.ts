import type { Kind } from '../kind.ts';
import { metricsPush } from './push.ts';

export const METRICS_KINDS: readonly Kind[] = [metricsPush];
