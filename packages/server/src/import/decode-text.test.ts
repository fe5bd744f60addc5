import assert from 'node:assert/strict';
import { it } from 'node:test';
import { decodeText } from './decode-text.js';
import type { Encoding } from './decode-text.js';
import { ImportError } from './import-error.js';

// 姓名 and 𠮷 are in all of them; of the latter GB18030 takes four bytes, UTF-16 a surrogate pair.
const TEXT = '姓名,𠮷€\r\n1,a\n';

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes).swap16();
}

const GB18030 = Buffer.concat([
  Buffer.from('d0d5c3fb', 'hex'),
  Buffer.from(','),
  Buffer.from('9534b235a2e3', 'hex'),
  Buffer.from('\r\n1,a\n'),
]);

const WRITTEN: Record<Exclude<Encoding, 'utf-16'>, Buffer> = {
  'utf-8': Buffer.from(TEXT),
  'utf-16le': Buffer.from(TEXT, 'utf16le'),
  'utf-16be': swapped(Buffer.from(TEXT, 'utf16le')),
  gb18030: GB18030,
};
const MARKS: Record<keyof typeof WRITTEN, string> = {
  'utf-8': 'efbbbf',
  'utf-16le': 'fffe',
  'utf-16be': 'feff',
  gb18030: '84319533',
};
const NAMES = Object.keys(WRITTEN) as (keyof typeof WRITTEN)[];

async function decode(bytes: Uint8Array, encoding: Encoding, size = bytes.length): Promise<string> {
  let text = '';
  for await (const part of decodeText(chunksOf(bytes, size), encoding, 'f.csv')) text += part;
  return text;
}

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}

it('reads each encoding with and without a byte-order mark, however it is cut', async () => {
  for (const name of NAMES) {
    for (const mark of ['', MARKS[name]]) {
      const bytes = Buffer.concat([Buffer.from(mark, 'hex'), WRITTEN[name]]);
      for (const size of [1, 2, 3, 5, 7, 1_000]) {
        assert.equal(await decode(bytes, name, size), TEXT, `${name} ${mark} ${size}`);
      }
    }
  }
});

it('takes the order of UTF-16 from its byte-order mark', async () => {
  for (const name of ['utf-16le', 'utf-16be'] as const) {
    const bytes = Buffer.concat([Buffer.from(MARKS[name], 'hex'), WRITTEN[name]]);
    assert.equal(await decode(bytes, 'utf-16'), TEXT);
    await assert.rejects(
      decode(WRITTEN[name], 'utf-16'),
      /f\.csv: line 1, column 1: .*utf-16le or/,
    );
  }
});

it('refuses the byte-order mark of another encoding', async () => {
  for (const name of NAMES) {
    for (const other of NAMES.filter((encoding) => encoding !== name)) {
      const bytes = Buffer.concat([Buffer.from(MARKS[other], 'hex'), WRITTEN[name]]);
      const fault = new RegExp(`line 1, column 1: .* ${other}, but is declared ${name}$`);
      await assert.rejects(decode(bytes, name), fault);
    }
  }
});

it('refuses UTF-8 that is declared as GB18030 and would decode to other words', async () => {
  const text = '\n\nid,name\n1,中国\n';
  for (const size of [1, 4, 1_000]) {
    await assert.rejects(
      decode(Buffer.from(text), 'gb18030', size),
      (error: Error) => error instanceof ImportError && error.message.includes('line 4: is UTF-8'),
    );
  }
  assert.equal(await decode(Buffer.from('id\n1\n'), 'gb18030'), 'id\n1\n');
});

const BROKEN: [encoding: Encoding, hex: string, text: string][] = [
  ['utf-8', '61ff62', 'a�b'],
  ['utf-8', 'eda080', '���'],
  ['utf-8', '61e4bd', 'a�'],
  ['utf-16le', '61003dd8', 'a�'],
  ['utf-16le', '00dc6100', '�a'],
  ['utf-16le', '610062', 'a�'],
  ['utf-16be', '0061d83d0062', 'a�b'],
  ['gb18030', '61ff62', 'a�b'],
  ['gb18030', 'c40a41', '�\nA'],
  ['gb18030', '618130', 'a�'],
  ['gb18030', '6162636481300a41', 'abcd�0\nA'],
  ['gb18030', 'e3329a36', '�'],
];

it('leaves a mark where bytes are no character, and the line ends behind it', async () => {
  for (const [encoding, hex, text] of BROKEN) {
    assert.equal(await decode(Buffer.from(hex, 'hex'), encoding), text, `${encoding} ${hex}`);
    for (const size of [1, 2, 3]) {
      const cut = await decode(Buffer.from(hex, 'hex'), encoding, size);
      assert.equal(cut.indexOf('\ufffd'), text.indexOf('\ufffd'), `${encoding} ${hex} ${size}`);
    }
  }
});
