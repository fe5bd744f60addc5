import { shanghaiDate } from '@liyu/model';
import type { Customer } from '@liyu/model';
import type { Policy } from '@liyu/policy';
import { SignJWT, generateKeyPair } from 'jose';
import type { JWTPayload } from 'jose';
import * as z from 'zod';
import type { TokenRules } from '../auth/verify-token.js';
import type { Database } from '../db/database.js';
import type { LiyuApp } from '../http/context.js';
import { Problem } from '../http/problem.js';
import { readJson } from '../http/read-json.js';
import type { Collections } from '../sync/write-docs.js';
import { loadSample } from './load-sample.js';

/** What a list of the demo's customers shows of each. */
export interface DemoCustomer {
  id: string;
  rung: string;
  label: NonNullable<Customer['tier']>['label'];
  name: string | null;
}

export interface Demo {
  rules: Pick<TokenRules, 'keys' | 'issuer' | 'audience'>;
  addRoutes(app: LiyuApp): void;
}

const NAME = 'liyu-demo';
/** Life of a demo token, in seconds. */
const TOKEN_LIFE = 5 * 60;
/** The customers the demo is about; a bank that `liyu sample` made has others besides. */
const NAMED = 13;

const tokenRequest = z.union([
  z.object({ customer: z.string() }),
  z.object({ manager: z.string() }),
]);

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
  const { db, now } = parts;
  const today = shanghaiDate(new Date(now()).toISOString());
  await loadSample(parts, { size: NAMED, today });

  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const sign = (subject: string, claims: JWTPayload) => {
    const issued = Math.floor(now() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256' })
      .setSubject(subject)
      .setIssuer(NAME)
      .setAudience(NAME)
      .setIssuedAt(issued)
      .setExpirationTime(issued + TOKEN_LIFE)
      .sign(privateKey);
  };
  return {
    rules: { keys: () => Promise.resolve(publicKey), issuer: NAME, audience: NAME },
    addRoutes: (app) => {
      app.get('/demo/customers', async (c) => c.json(await listCustomers(db, parts.policy)));
      app.get('/demo/managers', async (c) => c.json(await listManagers(db)));
      app.post('/demo/token', async (c) => {
        const request = await readJson(c.req.raw, tokenRequest);
        const [id, claims] =
          'customer' in request
            ? [request.customer, await customerClaims(db, request.customer)]
            : [request.manager, await managerClaims(db, request.manager)];
        if (claims === null) throw new Problem('not_found');
        return c.json({ token: await sign(`demo-${id}`, claims) });
      });
    },
  };
}

/** Customers who hold a tier, from the lowest rung to the highest; a large bank's first hundred. */
async function listCustomers(db: Database, policy: Policy): Promise<DemoCustomer[]> {
  const rows = await db.query<DemoCustomer>(
    `SELECT c.customer AS id, d.body #>> '{tier,rung}' AS rung, d.body #> '{tier,label}' AS label,
       d.body ->> 'name' AS name
     FROM customers c
     JOIN doc d ON d.customer = c.customer AND d.coll = 'customers' AND d.id = c.customer
     WHERE d.body -> 'tier' <> 'null' ORDER BY c.customer LIMIT 100`,
  );
  const ranks = new Map(policy.files['tier-ladder'].rungs.map(({ code, rank }) => [code, rank]));
  return rows.sort((a, b) => (ranks.get(a.rung) ?? 0) - (ranks.get(b.rung) ?? 0));
}

interface DemoManager {
  manager: string;
  name: string;
  branch: string | null;
  duties: string[];
}

function listManagers(db: Database): Promise<DemoManager[]> {
  return db.query<DemoManager>(
    'SELECT manager, name, branch, duties FROM managers ORDER BY manager',
  );
}

async function customerClaims(db: Database, customer: string): Promise<JWTPayload | null> {
  const rows = await db.query('SELECT 1 FROM customers WHERE customer = $1', [customer]);
  return rows.length === 0 ? null : { role: 'customer', customer };
}

async function managerClaims(db: Database, manager: string): Promise<JWTPayload | null> {
  const [row] = await db.query<DemoManager>(
    'SELECT manager, branch, duties FROM managers WHERE manager = $1',
    [manager],
  );
  if (row === undefined) return null;
  const { branch, duties } = row;
  return { role: 'staff', manager, duties, ...(branch === null ? {} : { branch }) };
}
