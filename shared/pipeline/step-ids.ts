/** The id of a step that names none, by its index in the stage. */
export const automaticStepId = (index: number): string => `step-${index + 1}`;
