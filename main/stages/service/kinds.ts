import type { Kind } from '../kind.ts';
import { serviceHttp } from './http.ts';

export const SERVICE_KINDS: readonly Kind[] = [serviceHttp];
