export const STAMP: string;
export function fingerprintSources(root: string): string;
export function isBuilt(root: string): boolean;
