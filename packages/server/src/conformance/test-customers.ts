import { readFileSync } from 'node:fs';
import { primitives } from '@liyu/model/schemas';
import * as z from 'zod';
import { ConformanceError } from './conformance-error.js';

/** Somebody whose records the checks may read and add to. */
export interface TestCustomer {
  token: string;
  customer: string;
  scope: string;
}

const file = z.strictObject({ customers: z.array(z.string()).length(2) });
const claims = z.object({ role: z.literal('customer'), customer: primitives.id });

/**
 * Two test customers of the bank: FILE is `{"customers": [TOKEN, TOKEN]}`, with tokens as the bank's sign-in
 * issues them. Throws a ConformanceError that names what is wrong, never a token.
 */
export function readTestCustomers(path: string): [TestCustomer, TestCustomer] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConformanceError(
      `${path}: ${error instanceof SyntaxError ? 'no JSON' : "can't be read"}`,
    );
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    throw new ConformanceError(`${path}: must be {"customers": [TOKEN, TOKEN]}`);
  }
  const [first, second] = parsed.data.customers.map((token, n) => {
    const found = claims.safeParse(payloadOf(token));
    if (!found.success) {
      throw new ConformanceError(`${path}: customers.${n}: no token with role and customer`);
    }
    const { customer } = found.data;
    return { token, customer, scope: `c:${customer}` };
  }) as [TestCustomer, TestCustomer];
  if (first.customer === second.customer) {
    throw new ConformanceError(`${path}: both tokens are of one customer`);
  }
  return [first, second];
}

/** What a token says, unchecked: whether it holds is the server's business. */
function payloadOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
}
