import { collections } from '@liyu/model/schemas';
import type { Check } from './check.js';
import { expectEqual, expectStatus, expectThat } from './trial.js';

const PULL = '/sync/v1/pull';
/** More than a server takes, in bytes. */
const TOO_LARGE = 300 * 1024;
/** More arrays in each other than a server takes. */
const TOO_DEEP = 64;

export const accessChecks: readonly Check[] = [
  {
    id: 'access-401',
    rule: 'no token, a made-up one and one whose signature is changed get the same 401',
    run: async (trial) => {
      const body = trial.request('customers');
      const { token } = trial.own;
      const bodies: string[] = [];
      for (const bad of [null, 'no.such.token', unsigned(token), tampered(token)]) {
        const answer = await trial.probe.post(PULL, body, bad);
        expectStatus(answer, 401);
        bodies.push(answer.text);
      }
      expectEqual(new Set(bodies).size, 1, 'bodies of 401:');
    },
  },
  {
    id: 'access-other',
    rule: "another customer's scope, one that doesn't exist and a collection that doesn't are one and the same 403",
    run: async (trial) => {
      const asked = [
        trial.request('customers', { scope: trial.other.scope }),
        trial.request('customers', { scope: 'c:liyu-conformance-nobody' }),
        trial.request('customers', { scope: 'm:liyu-conformance-nobody' }),
        { ...trial.request('customers'), coll: 'nothing' },
        { ...trial.request('customers'), coll: '__proto__' },
      ];
      const bodies: string[] = [];
      for (const body of asked) {
        const answer = await trial.probe.post(PULL, body, trial.own.token);
        expectStatus(answer, 403, 'scope_gone');
        bodies.push(answer.text);
      }
      expectEqual(new Set(bodies).size, 1, 'bodies of 403:');
      const { scope } = trial.other;
      expectStatus(await trial.pushRaw([], { scope }), 403, 'scope_gone');
    },
  },
  {
    id: 'access-media-type',
    rule: 'a body that is not application/json is refused with 415, whatever is in it',
    run: async (trial) => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
        const body = JSON.stringify(trial.request('customers'));
        expectStatus(await trial.probe.post(PULL, body, trial.own.token, type), 415);
      }
    },
  },
  {
    id: 'access-bad-request',
    rule: 'what is no JSON, too deep, or lacks a field is refused with 400, what is too large with 413',
    run: async (trial) => {
      const bad = ['{', '[]', '{}', `${'['.repeat(TOO_DEEP)}${']'.repeat(TOO_DEEP)}`];
      for (const body of bad) {
        expectStatus(await trial.probe.post(PULL, body, trial.own.token), 400);
      }
      const large = JSON.stringify({ ...trial.request('customers'), more: 'x'.repeat(TOO_LARGE) });
      expectStatus(await trial.probe.post(PULL, large, trial.own.token), 413);
    },
  },
  {
    id: 'access-version',
    rule: 'a version of the schema that the server does not know is refused with 426',
    run: async (trial) => {
      const body = trial.request('customers', { sv: 999_999 });
      const answer = await trial.probe.post(PULL, body, trial.own.token);
      expectStatus(answer, 426, 'upgrade_required');
    },
  },
  {
    id: 'access-headers',
    rule: 'answers are kept in no cache, set no cookie, and errors are application/problem+json',
    run: async (trial) => {
      const body = trial.request('customers');
      const good = await trial.probe.post(PULL, body, trial.own.token);
      const bad = await trial.probe.post(PULL, body, null);
      for (const { headers } of [good, bad]) {
        expectThat(headers.get('set-cookie') === null, 'no Set-Cookie');
        const caching = headers.get('cache-control') ?? '';
        expectThat(caching.includes('no-store'), 'Cache-Control: no-store');
      }
      const type = bad.headers.get('content-type') ?? '';
      expectThat(type.startsWith('application/problem+json'), 'application/problem+json');
    },
  },
  {
    id: 'access-owner',
    rule: 'every record that a customer pulls from their scope is theirs, and no collection of staff is pulled',
    run: async (trial) => {
      for (const coll of customerCollections()) {
        const { documents } = await trial.pullAll(coll);
        for (const { customer, id } of documents) {
          if (customer !== undefined) expectEqual(customer, trial.own.customer, `${coll} ${id}:`);
        }
      }
      const answer = await trial.probe.post(PULL, trial.request('archive'), trial.own.token);
      expectStatus(answer, 403, 'scope_gone');
    },
  },
];

/** Collections that customers pull. */
export function customerCollections(): string[] {
  return Object.keys(collections).filter((name) => name !== 'archive' && name !== 'policies');
}

function unsigned(token: string): string {
  const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  return `${header}.${token.split('.')[1]!}.x`;
}

/** With another last part: a signature of the same length that isn't right. */
function tampered(token: string): string {
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const turned = [...signature].reverse().join('');
  return `${header}.${payload}.${turned === signature ? `A${signature.slice(1)}` : turned}`;
}
