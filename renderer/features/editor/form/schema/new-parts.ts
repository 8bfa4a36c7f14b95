/** What a template says at first. */
export const NEW_TEMPLATE = { timeout: '30m' };

/** What a pipeline of a file does at first. */
export const NEW_PIPELINE = { stages: { first: { run: 'echo first' } } };
