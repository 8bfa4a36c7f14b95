/** A colour in OKLCH: lightness 0..1, chroma, hue in degrees, and opacity 0..1. */
export interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
  readonly alpha: number;
}

const FORM = /^oklch\(\s*([\d.]+)\s+([\d.]+)(?:\s+([\d.]+))?(?:\s*\/\s*([\d.]+))?\s*\)$/;

/** Reads `oklch(0.5 0.1 240)`, with or without `/ alpha`; null for any other form. */
export function parseOklch(text: string): Oklch | null {
  const match = FORM.exec(text.trim());
  if (match === null) return null;
  const [, l, c, h = '0', alpha = '1'] = match;
  return { l: Number(l), c: Number(c), h: Number(h), alpha: Number(alpha) };
}

/** Linear-light sRGB, each 0..1; what lies outside of the screen's gamut is clipped, as a browser without wide gamut does. */
export function toLinearRgb({ l, c, h }: Oklch): [number, number, number] {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    clip(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    clip(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

/** WCAG contrast of two opaque colours, 1..21. */
export function contrast(one: Oklch, other: Oklch): number {
  const luminance = (colour: Oklch): number => {
    const [r, g, b] = toLinearRgb(colour);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}
