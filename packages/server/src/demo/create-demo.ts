import { shanghaiDate } from '@liyu/model';
import type { Policy } from '@liyu/policy';
import { SignJWT, generateKeyPair } from 'jose';
import * as z from 'zod';
import type { TokenRules } from '../auth/verify-token.js';
import type { Database } from '../db/database.js';
import { addMetrics } from '../db/metrics-table.js';
import type { LiyuApp } from '../http/context.js';
import { Problem } from '../http/problem.js';
import { readJson } from '../http/read-json.js';
import { seedScope } from '../sync/write-docs.js';
import type { Collections } from '../sync/write-docs.js';

/** What a list of the demo's customers shows of each. */
export interface DemoCustomer {
  id: string;
  rung: string;
  label: Partial<Record<'zh-CN' | 'en', string>>;
  name: string;
}

export interface Demo {
  rules: Pick<TokenRules, 'keys' | 'issuer' | 'audience'>;
  addRoutes(app: LiyuApp): void;
}

const NAME = 'liyu-demo';
/** Life of a demo token, in seconds. */
const TOKEN_LIFE = 5 * 60;

const tokenRequest = z.object({ customer: z.string() });

/**
 * The invented bank: stores its customers where there is nothing yet, so that what was answered
 * stays, and hands a token to anyone who asks. The keys live as long as the process.
 */
export async function createDemo(parts: {
  db: Database;
  collections: Collections;
  policy: Policy;
  now: () => number;
}): Promise<Demo> {
  const { db, collections, policy, now } = parts;
  const { sampleDocuments, sampleMetrics } = await import('@liyu/sample');
  const today = shanghaiDate(new Date(now()).toISOString());
  const documents = sampleDocuments(policy, today);
  for (const scope of new Set(documents.map((item) => item.scope))) {
    const own = documents.filter((item) => item.scope === scope);
    await seedScope(db, collections, scope, own);
  }
  await addMetrics(db, policy.files.metrics, sampleMetrics(today));

  const customers = listCustomers(documents);
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const sign = (customer: string) => {
    const issued = Math.floor(now() / 1000);
    return new SignJWT({ role: 'customer', customer })
      .setProtectedHeader({ alg: 'ES256' })
      .setSubject(`demo-${customer}`)
      .setIssuer(NAME)
      .setAudience(NAME)
      .setIssuedAt(issued)
      .setExpirationTime(issued + TOKEN_LIFE)
      .sign(privateKey);
  };
  return {
    rules: { keys: () => Promise.resolve(publicKey), issuer: NAME, audience: NAME },
    addRoutes: (app) => {
      app.get('/demo/customers', (c) => c.json(customers));
      app.post('/demo/token', async (c) => {
        const { customer } = await readJson(c.req.raw, tokenRequest);
        if (!customers.some(({ id }) => id === customer)) throw new Problem('not_found');
        return c.json({ token: await sign(customer) });
      });
    },
  };
}

function listCustomers(
  documents: readonly { coll: string; doc: Record<string, unknown> }[],
): DemoCustomer[] {
  const of = (coll: string) =>
    documents.filter((item) => item.coll === coll).map((item) => item.doc);
  const assessments = of('assessments') as unknown as (DemoCustomer & { customer: string })[];
  return (of('customers') as unknown as DemoCustomer[]).flatMap(({ id, name }) => {
    const held = assessments.find((assessment) => assessment.customer === id);
    return held === undefined ? [] : [{ id, rung: held.rung, label: held.label, name }];
  });
}
