/** A program that kinds use, and how people get it. */
export interface Tool {
  /** As people call it: `eslint`. Unique in the catalog, for `doctor` and messages. */
  readonly name: string;
  /** Names of its executable, the first that is found counts. */
  readonly bins: readonly string[];
  /** Asks for its version; default `--version`. The first `1.2` or `1.2.3` that is printed counts. */
  readonly versionArgs?: readonly string[];
  /** The oldest that will do, as SemVer. */
  readonly minVersion?: string;
  /** An image whose entrypoint or PATH has it, used when it is found nowhere else and a container engine answers. */
  readonly image?: string;
  /** One line on how to get it: `npm install --save-dev eslint`, `apt install cppcheck`. */
  readonly install: string;
  /** It stands in the project's own `node_modules/.bin` when it is installed there, and that one goes before PATH. */
  readonly isNodePackage?: true;
}
