import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  HIDDEN_AMOUNT,
  maskAddress,
  maskBirthday,
  maskCardNo,
  maskEmail,
  maskIdCard,
  maskName,
  maskPhone,
} from './mask.js';

const masks = {
  name: maskName,
  phone: maskPhone,
  idCard: maskIdCard,
  cardNo: (text: string) => maskCardNo(text),
  email: maskEmail,
  address: maskAddress,
  birthday: maskBirthday,
};
type Field = keyof typeof masks;

describe('masking.json', () => {
  const file = new URL('../../policy/data/masking.json', import.meta.url);
  const { rules } = JSON.parse(readFileSync(file, 'utf8')) as {
    rules: { field: string; rule: string; examples: [string, string][] }[];
  };

  for (const { field, examples } of rules.filter((rule) => rule.field in masks)) {
    for (const [clear, masked] of examples) {
      it(`${field}: ${masked}`, () => assert.equal(masks[field as Field](clear), masked));
    }
  }

  it('has a mask here for every field; amounts are hidden as a whole', () => {
    const missing = rules.filter(({ field }) => !(field in masks));
    assert.deepEqual(
      missing.map(({ field }) => field),
      ['money'],
    );
    assert.ok(missing[0]?.rule.includes(`shows ${HIDDEN_AMOUNT};`), missing[0]?.rule);
  });
});

describe('a mask', () => {
  const cases: [Field, clear: string, masked: string][] = [
    ['name', '王', '*'],
    ['name', '欧阳', '欧*'],
    ['name', '欧阳明', '欧阳*'],
    ['name', '司马相如', '司马*如'],
    ['name', '上官婉儿王', '上官**王'],
    ['name', '歐陽小明', '歐陽*明'],
    ['name', '王张小三', '王**三'],
    ['name', '阿卜杜拉·买买提', '阿******提'],
    ['name', ' 张三 ', '张*'],
    ['name', '张\u200b三', '张*'],
    ['name', '𠮷野家', '𠮷*家'],
    ['name', '张\ud842', '*'],
    ['name', 'Cher', 'C***'],
    ['name', 'Mary Smith', 'M*** S***'],
    ['name', 'Jean  Luc\tde la Croix', 'J*** C***'],
    ['name', 'Ølga Å', 'Ø*** Å***'],
    ['name', 'X', '*'],
    ['phone', '010-5555-0101', '010****0101'],
    ['phone', '+86 138 1234 5678', '138****5678'],
    ['phone', '8613812345678', '138****5678'],
    ['phone', '008613812345678', '138****5678'],
    ['phone', '+852 9123 4567', '852****4567'],
    ['phone', '１３８１２３４５６７８', '138****5678'],
    ['phone', '95588', '****88'],
    ['phone', '12', '****'],
    ['phone', 'ext.', '****'],
    ['idCard', '11010119900307123X', '110***********123X'],
    ['idCard', 'E12345678', '*****5678'],
    ['idCard', '110101900307123', '***********7123'],
    ['idCard', '1234', '****'],
    ['idCard', '12345', '*2345'],
    ['cardNo', '6225 8802 1234 567 8901', '6225 **** **** 8901'],
    ['cardNo', '6225-8802-1234-5678', '6225 **** **** 5678'],
    ['cardNo', '622588021234', '6225 **** **** 1234'],
    ['cardNo', '12345678', '****'],
    ['cardNo', 'none', '****'],
    ['email', 'a@b.cn', 'a***@b.cn'],
    ['email', '"odd@name"@example.com', '"***@example.com'],
    ['email', '@example.com', '***@example.com'],
    ['email', '😀smile@example.com', '😀***@example.com'],
    ['email', 'zhang', '***'],
    ['address', '江苏省南京市鼓楼区中山路1号', '江苏省南京市鼓楼区****'],
    ['address', '广西壮族自治区南宁市青秀区民族大道1号', '广西壮族自治区南宁市青秀区****'],
    ['address', '内蒙古自治区锡林郭勒盟正蓝旗上都镇', '内蒙古自治区锡林郭勒盟正蓝旗****'],
    ['address', '吉林省延边朝鲜族自治州延吉市光明街2号', '吉林省延边朝鲜族自治州延吉市****'],
    ['address', '江苏省苏州市昆山市玉山镇', '江苏省苏州市昆山市****'],
    ['address', '广东省东莞市南城街道1号', '广东省东莞市****'],
    ['address', '浙江省杭州市桐庐县城南街道', '浙江省杭州市桐庐县****'],
    ['address', '海淀区中关村大街1号', '海淀区****'],
    ['address', '上海市黄浦区南京市路3号', '上海市黄浦区****'],
    ['address', '幸福小区5号楼', '****'],
    ['address', '中关村大街1号院3区', '****'],
    ['address', '1 Main Street, Springfield', '****'],
    ['birthday', '2000-02-29', '****-02-29'],
    ['birthday', '7 March 1990', '****-**-**'],
    ['birthday', '1990-03-07T00:00', '****-**-**'],
  ];
  for (const [field, clear, masked] of cases) {
    it(`of ${field} ${JSON.stringify(clear)} is ${masked}`, () => {
      assert.equal(masks[field](clear), masked);
    });
  }

  it('of a card in a list is its last four digits', () => {
    assert.equal(maskCardNo('6225880212345678', 'list'), '5678');
    assert.equal(maskCardNo('1234', 'list'), '****');
  });

  for (const [field, mask] of Object.entries(masks)) {
    it(`of ${field} takes whatever comes`, () => {
      assert.deepEqual(['', '  '].map(mask), ['', '']);
      for (const text of [
        '字'.repeat(100_000),
        '1'.repeat(100_000),
        'a'.repeat(100_000),
        '省市区县'.repeat(25_000),
        '阿'.repeat(9) + '市'.repeat(1000),
        `${'@'.repeat(50_000)}x`,
        '\ud800'.repeat(100),
        '\udc00',
        '😀'.repeat(1000),
        '\0\u202e\u2066',
        'e\u0301 e\u0301',
        '$&<b>"\'',
      ]) {
        const masked = mask(text);
        assert.ok(masked.length <= 300, `${masked.length} characters`);
        assert.doesNotMatch(masked, /\p{Cs}/u);
        assert.ok(masked === '' || masked.includes('*'), masked);
      }
    });
  }

  it('of a name fits the field of a name', () => {
    for (const text of ['字'.repeat(1000), '𠮷'.repeat(1000), '欧阳' + '𠮷'.repeat(99)]) {
      assert.ok(maskName(text).length <= 60, maskName(text));
    }
  });
});
