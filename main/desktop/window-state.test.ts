import { describe, expect, it } from 'vitest';
import { fitToDisplays, type Bounds } from './window-state.ts';

const laptop: Bounds = { x: 0, y: 25, width: 1440, height: 875 };
const monitor: Bounds = { x: 1440, y: 0, width: 2560, height: 1440 };

describe('fitToDisplays', () => {
  it('opens the window where it was', () => {
    const bounds = { x: 1600, y: 100, width: 1280, height: 800 };
    expect(fitToDisplays(bounds, [laptop, monitor])).toEqual(bounds);
  });

  it('lets the system choose when the display is gone', () => {
    expect(fitToDisplays({ x: 1600, y: 100, width: 1280, height: 800 }, [laptop])).toBeNull();
  });

  it('lets the system choose when the title bar could not be reached', () => {
    expect(fitToDisplays({ x: 100, y: -300, width: 1280, height: 800 }, [laptop])).toBeNull();
    expect(fitToDisplays({ x: 100, y: 895, width: 1280, height: 800 }, [laptop])).toBeNull();
    expect(fitToDisplays({ x: -1_250, y: 100, width: 1280, height: 800 }, [laptop])).toBeNull();
  });

  it('cuts a window that is larger than its display', () => {
    expect(fitToDisplays({ x: 0, y: 25, width: 2560, height: 1440 }, [laptop])).toEqual({ ...laptop });
  });

  it('lets the system choose the first time', () => {
    expect(fitToDisplays(null, [laptop])).toBeNull();
  });
});
