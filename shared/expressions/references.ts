import type { Expr } from '@actions/expressions';
import {
  Binary,
  ContextAccess,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Unary,
} from '@actions/expressions/ast';

/** A use of a context, such as `needs.build.outputs.tag`; a part that is computed or `*` is null. */
export interface ContextReference {
  readonly context: string;
  readonly path: readonly (string | null)[];
  readonly column: number;
}

/** A call of a function. */
export interface FunctionReference {
  readonly name: string;
  readonly parameters: number;
  readonly column: number;
}

export interface References {
  readonly contexts: readonly ContextReference[];
  readonly functions: readonly FunctionReference[];
}

/** Lists what an expression reads and calls. Columns are those of the library's tokens: offsets in a one-line expression. */
export function referencesOf(tree: Expr): References {
  const contexts: ContextReference[] = [];
  const functions: FunctionReference[] = [];
  const open: Expr[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node instanceof Unary) open.push(node.expr);
    else if (node instanceof Binary) open.push(node.left, node.right);
    else if (node instanceof Logical) open.push(...node.args);
    else if (node instanceof Grouping) open.push(node.group);
    else if (node instanceof FunctionCall) {
      functions.push({
        name: node.functionName.lexeme,
        parameters: node.args.length,
        column: node.functionName.range.start.column,
      });
      open.push(...node.args);
    } else if (node instanceof ContextAccess || node instanceof IndexAccess) {
      const path: (string | null)[] = [];
      let base: Expr = node;
      for (; base instanceof IndexAccess; base = base.expr) {
        path.unshift(base.index instanceof Literal ? base.index.literal.coerceString() : null);
        if (!(base.index instanceof Literal)) open.push(base.index);
      }
      if (base instanceof ContextAccess) {
        contexts.push({ context: base.name.lexeme, path, column: base.name.range.start.column });
      } else open.push(base);
    }
  }
  return { contexts, functions };
}
