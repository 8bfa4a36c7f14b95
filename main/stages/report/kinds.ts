import type { Kind } from '../kind.ts';
import { reportPublish } from './publish.ts';

export const REPORT_KINDS: readonly Kind[] = [reportPublish];
