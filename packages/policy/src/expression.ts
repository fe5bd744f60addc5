import * as z from 'zod';

/** A condition or value over metrics, in three-valued logic (metrics.json `exprRule`). */
export type Expression =
  number | boolean | string | { var: string } | { op: Operator; args?: Expression[] | undefined };

export type Operator = 'ge' | 'gt' | 'le' | 'lt' | 'eq' | 'and' | 'or' | 'mul' | 'not' | 'true';

/** Least and most arguments of each operator. */
const ARITY: Record<Operator, readonly [number, number]> = {
  ge: [2, 2],
  gt: [2, 2],
  le: [2, 2],
  lt: [2, 2],
  eq: [2, 2],
  and: [2, Infinity],
  or: [2, Infinity],
  mul: [2, Infinity],
  not: [1, 1],
  true: [0, 0],
};

const operation = z
  .strictObject({
    op: z.enum(Object.keys(ARITY) as Operator[]),
    get args() {
      return z.array(expression).optional();
    },
  })
  .superRefine((value, context) => {
    const [least, most] = ARITY[value.op];
    const found = value.args?.length ?? 0;
    if (found < least || found > most) {
      context.addIssue({ code: 'custom', message: `${value.op} doesn't take ${found} arguments` });
    }
  });

export const expression: z.ZodType<Expression> = z.lazy(() =>
  z.union([z.int(), z.boolean(), z.string(), z.strictObject({ var: z.string() }), operation]),
);
