/** The largest pipeline file that is read. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** How many pipelines may call each other one after another, and how many stages that may come to. */
export const MAX_CALL_DEPTH = 16;
export const MAX_CALLED_STAGES = 20_000;

/** How many files a pipeline may be put together from, and how many templates may stand behind each other. */
export const MAX_INCLUDED_FILES = 100;
export const MAX_TEMPLATE_CHAIN = 32;

/** How deeply lists and mappings may be nested: far more than the format needs, far less than a stack holds. */
export const MAX_NESTING = 64;

/** How many values aliases may add to a file by repeating what they point to. */
export const MAX_ALIASED_VALUES = 1_000_000;

/** How many issues are reported for one file; more would only hide the first ones. */
export const MAX_ISSUES = 500;
