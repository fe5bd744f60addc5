import { expect } from '@open-wc/testing';
import { Session } from './session.js';

/** A token as a bank issues it; nobody here checks its signature. */
function token(issuedAt: number, life = 300, n = 0): string {
  const part = (json: object) =>
    btoa(JSON.stringify(json)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const claims = { sub: `s${n}`, role: 'customer', customer: 'c-1', iat: issuedAt };
  return `${part({ alg: 'ES256' })}.${part({ ...claims, exp: issuedAt + life })}.x`;
}

const seconds = () => Math.floor(Date.now() / 1000);

describe('session', () => {
  it('asks the page for one token, however many requests wait for it', async () => {
    let asked = 0;
    const session = new Session(async () => {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return token(seconds());
    });
    const all = await Promise.all(Array.from({ length: 20 }, () => session.token()));
    expect(asked).to.equal(1);
    expect(new Set(all.map(({ text }) => text)).size).to.equal(1);
    await session.token();
    expect(asked).to.equal(1);
  });

  it('asks again when the token nears its end', async () => {
    let asked = 0;
    const session = new Session(() => Promise.resolve(token(seconds() - 281 - asked++)));
    await session.token();
    await session.token();
    expect(asked).to.equal(2);
  });

  it('asks once, not with each request, on a device whose clock is ahead', async () => {
    let asked = 0;
    const session = new Session(() => {
      asked += 1;
      return Promise.resolve(token(seconds() - 3_600));
    });
    for (let n = 0; n < 5; n++) await session.token();
    expect(asked).to.equal(1);
  });

  it('takes a life from when the token came, on a device whose clock is behind', async () => {
    let asked = 0;
    const real = performance.now.bind(performance);
    const session = new Session(() => {
      asked += 1;
      return Promise.resolve(token(seconds() + 3_600));
    });
    await session.token();
    try {
      performance.now = () => real() + 281_000;
      await session.token();
      expect(asked).to.equal(2);
    } finally {
      performance.now = real;
    }
  });

  it('asks again for a token that the server refused, and keeps a newer one', async () => {
    let asked = 0;
    const session = new Session(() => Promise.resolve(token(seconds(), 300, asked++)));
    const first = await session.token();
    session.refuse(first.text);
    const second = await session.token();
    session.refuse(first.text);
    expect((await session.token()).text).to.equal(second.text);
    expect(asked).to.equal(2);
  });
});
