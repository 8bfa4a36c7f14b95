import { z } from 'zod';
import { THEME_CHOICES } from '#shared/api/desktop-ipc.ts';

/** A rectangle in device-independent pixels; the origin is the primary display's top left corner. */
export const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type Bounds = z.infer<typeof boundsSchema>;

export const windowStateSchema = z.object({
  /** Of the window when it is not maximized; null before the first one was moved. */
  bounds: boundsSchema.nullable(),
  isMaximized: z.boolean(),
  theme: z.enum(THEME_CHOICES),
});
export type WindowState = z.infer<typeof windowStateSchema>;

export const INITIAL_STATE: WindowState = { bounds: null, isMaximized: false, theme: 'system' };

/** As much of the title bar as one can grab. */
const GRAB_WIDTH = 120;
const GRAB_HEIGHT = 24;

/**
 * Where a window may open: as remembered when its title bar can be reached on one of the displays (the second one may
 * have gone), cut to that display's size; null lets the system choose.
 * @param workAreas the displays without task bars
 */
export function fitToDisplays(bounds: Bounds | null, workAreas: readonly Bounds[]): Bounds | null {
  if (bounds === null) return null;
  for (const area of workAreas) {
    const visibleWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
    const isTitleVisible =
      bounds.y >= area.y - GRAB_HEIGHT / 2 && bounds.y <= area.y + area.height - GRAB_HEIGHT;
    if (visibleWidth < Math.min(GRAB_WIDTH, bounds.width) || !isTitleVisible) continue;
    return {
      ...bounds,
      width: Math.min(bounds.width, area.width),
      height: Math.min(bounds.height, area.height),
    };
  }
  return null;
}
