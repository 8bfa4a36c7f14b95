import packageJson from '../../package.json' with { type: 'json' };

/** This Pipewright's version. */
export const VERSION: string = packageJson.version;
