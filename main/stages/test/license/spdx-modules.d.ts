declare module 'spdx-satisfies' {
  /** Whether an SPDX expression can be met by the approved licences. @throws Error when one of them is no SPDX */
  function satisfies(expression: string, approved: readonly string[]): boolean;
  export { satisfies as default };
}

declare module 'spdx-expression-parse' {
  export type Expression =
    | { readonly license: string; readonly plus?: true; readonly exception?: string }
    | { readonly left: Expression; readonly conjunction: 'and' | 'or'; readonly right: Expression };
  /** @throws Error when the text is no SPDX expression */
  function parse(text: string): Expression;
  export { parse as default };
}
