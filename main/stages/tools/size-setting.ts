import { z } from 'zod';
import { parseSize } from '#shared/pipeline/parse-size.ts';

/** A size as a pipeline file writes it: `250kB`, `1Mi`, or bytes. `bytesOf` reads it. */
export const sizeSetting = z
  .union([z.string().min(1), z.number().min(0)])
  .refine(
    (value) => parseSize(value) !== null,
    'must be a size such as 250kB or 1Mi (a bare number is bytes)',
  );

export const bytesOf = (size: string | number): number => parseSize(size) ?? 0;
