const FOLDER = '.pipewright/';

/** A file without the folder that pipelines are in anyway. */
export const tabName = (file: string): string => (file.startsWith(FOLDER) ? file.slice(FOLDER.length) : file);
