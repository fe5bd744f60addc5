import { isDeepStrictEqual } from 'node:util';
import { newCase } from '@liyu/model';
import { collections } from '@liyu/model/schemas';
import type { Doc } from '@liyu/model';
import * as z from 'zod';
import type { Answer, Probe } from './probe.js';
import type { TestCustomer } from './test-customers.js';

/** Something that doesn't hold; what was expected instead. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
}

/** A check that can't be made on this server's data. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}

export interface Checkpoint {
  e: number;
  v: number;
}

export interface Page {
  documents: ({ id: string; _deleted?: boolean } & Record<string, unknown>)[];
  checkpoint: Checkpoint;
  more: boolean;
}

export interface Verdicts {
  conflicts: ({ id: string } & Record<string, unknown>)[];
  rejects: { id: string; code: string }[];
}

const count = z.int().min(0);
const pageShape = z.object({
  documents: z.array(z.looseObject({ id: z.string() })),
  // Whole, since a server may put more in it than a client needs to know.
  checkpoint: z.looseObject({ e: count, v: count }),
  more: z.boolean(),
});
const verdictShape = z.object({
  conflicts: z.array(z.looseObject({ id: z.string() })),
  rejects: z.array(z.object({ id: z.string(), code: z.string() })),
});

/** Pages after which a pull that always says `more` is given up. */
const MOST_PAGES = 1_000;
const LIMIT = 100;

/** The collection that the checks write to: a customer may open a call-back, and withdraw it. */
export const WRITTEN = 'cases';

/** What the checks have in hand: two customers, and how to speak for them. */
export class Trial {
  constructor(
    readonly probe: Probe,
    /** Whose records are read and written. */
    readonly own: TestCustomer,
    /** Whose records the first may not see. */
    readonly other: TestCustomer,
  ) {}

  request(coll: string, change: object = {}): object {
    const { scope } = this.own;
    return { coll, scope, sv: collections[coll]!.version, cp: null, limit: LIMIT, ...change };
  }

  async pull(coll: string, cp: Checkpoint | null, limit = LIMIT, who = this.own): Promise<Page> {
    const body = this.request(coll, { scope: who.scope, cp, limit });
    const answer = await this.probe.post('/sync/v1/pull', body, who.token);
    expectStatus(answer, 200);
    const parsed = pageShape.safeParse(answer.json);
    if (!parsed.success) throw new Misfit(`a page ${shapeFault(parsed.error)}`);
    return parsed.data;
  }

  /** Every page after a checkpoint. */
  async pullAll(
    coll: string,
    from: Checkpoint | null = null,
    limit = LIMIT,
    who = this.own,
  ): Promise<{ documents: Page['documents']; checkpoint: Checkpoint }> {
    const documents: Page['documents'] = [];
    let checkpoint = from;
    for (let n = 0; n < MOST_PAGES; n++) {
      const page = await this.pull(coll, checkpoint, limit, who);
      documents.push(...page.documents);
      checkpoint = page.checkpoint;
      if (!page.more) return { documents, checkpoint };
    }
    throw new Misfit(`an end after ${MOST_PAGES} pages`);
  }

  async push(rows: readonly object[], change: object = {}, who = this.own): Promise<Verdicts> {
    const answer = await this.pushRaw(rows, change, who);
    expectStatus(answer, 200);
    const parsed = verdictShape.safeParse(answer.json);
    if (!parsed.success) throw new Misfit(`verdicts ${shapeFault(parsed.error)}`);
    return parsed.data;
  }

  pushRaw(rows: readonly object[], change: object = {}, who = this.own): Promise<Answer> {
    const { scope } = this.own;
    const body = { coll: WRITTEN, scope, sv: collections[WRITTEN]!.version, rows, ...change };
    return this.probe.post('/sync/v1/push', body, who.token);
  }

  /** The record as a pull of its collection gives it now. */
  async held(id: string): Promise<Record<string, unknown>> {
    const { documents } = await this.pullAll(WRITTEN);
    const found = documents.filter((one) => one.id === id).at(-1);
    if (found === undefined) throw new Misfit(`record ${id} in the pull`);
    return found;
  }

  /** A call-back that the first customer is about to ask for. */
  callBack(text = 'conformance'): Doc {
    return { ...newCase({ customer: this.own.customer, kind: 'callback', text }) };
  }
}

export function expectStatus(answer: Answer, status: number, code?: string): void {
  const found = (answer.json as { code?: unknown } | undefined)?.code;
  if (answer.status !== status || (code !== undefined && found !== code)) {
    throw new Misfit(`${status}${code === undefined ? '' : ` with code ${code}`}`);
  }
}

export function expectEqual(found: unknown, expected: unknown, what: string): void {
  if (!isDeepStrictEqual(found, expected)) {
    throw new Misfit(`${what} ${JSON.stringify(expected)}, not ${JSON.stringify(found)}`);
  }
}

export function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Misfit(what);
}

function shapeFault({ issues: [issue] }: z.ZodError): string {
  return `whose ${issue?.path.map(String).join('.') ?? ''} fits: ${issue?.message ?? ''}`;
}
