import type { Policy } from '@liyu/policy';
import type { Label, Moves, PolicyDifference } from '../bank/policy-diff.js';
import type { ParityGroup } from '../bank/parity.js';
import { textTable } from './text-table.js';

/** A difference of two policies for people to read, zh-CN and en. */
export function diffText(diff: PolicyDifference, before: Policy, after: Policy): string {
  const { customers, moves, notices, parity } = diff;
  const benefitName = benefitNames(before, after);
  const sections: [title: string, body: string][] = [
    [
      '规则 Rules',
      textTable([
        ['', '版本 version', 'hash'],
        ['现行 A', diff.before.version, diff.before.hash],
        ['拟用 B', diff.after.version, diff.after.hash],
      ]),
    ],
    [
      '客户 Customers',
      textTable([
        ['', '客户数'],
        ['已评 graded', customers.graded],
        ['未同意自动评估，等级不变 no consent to TIERING', customers.leftOut],
        ['按A无法评定 not gradable by A', customers.refusedBefore],
        ['按B无法评定 not gradable by B', customers.refusedAfter],
      ]),
    ],
    [
      '等级变动，行为现行、列为拟用 From rung (row) to rung (column)',
      matrixTable(diff, before, after),
    ],
    ['按网点 By branch', movesTable(moves.branch)],
    ['按年龄段 By age band', movesTable(moves.ageBand)],
    ['按与本行往来年限 By years with the bank', movesTable(moves.yearsWithBank)],
    [
      '权益增减（客户数） Benefits gained and lost (customers)',
      textTable([
        ['权益 benefit', '', '增 gained', '减 lost'],
        ...diff.benefits.map(({ benefit, label, gained, lost }) => {
          return [benefit, label['zh-CN'], gained, lost];
        }),
      ]),
    ],
    ['公平性，按年龄段 Parity by age band, rules B', parityTable(parity.ageBand)],
    ['公平性，按家庭状况 Parity by family status, rules B', parityTable(parity.familyStatus)],
    [
      `应告知客户 Owed a notice: ${notices.length}`,
      textTable([
        ['客户 customer', '现行 from', '拟用 to', '失去权益 benefits lost'],
        ...notices.map(({ customer, from, to, benefitsLost }) => {
          return [customer, from, to, benefitsLost.map(benefitName).join('；')];
        }),
      ]),
    ],
  ];
  return `${sections.map(([title, body]) => `${title}\n\n${body}\n`).join('\n')}`;
}

function matrixTable({ matrix }: PolicyDifference, before: Policy, after: Policy): string {
  const labels = new Map(
    [...before.files['tier-ladder'].rungs, ...after.files['tier-ladder'].rungs].map(
      ({ code, label }) => [code, label],
    ),
  );
  const from = [...new Set(matrix.map((cell) => cell.from))];
  const ranks = new Map(after.files['tier-ladder'].rungs.map(({ code, rank }) => [code, rank]));
  const to = [...new Set(matrix.map((cell) => cell.to))].sort(
    (a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0),
  );
  const count = (row: string, column: string) =>
    matrix.find((cell) => cell.from === row && cell.to === column)?.customers ?? 0;
  return textTable([
    ['', '', ...to, '合计 all'],
    ...from.map((row) => {
      const counts = to.map((column) => count(row, column));
      const all = counts.reduce((sum, one) => sum + one, 0);
      return [row, labels.get(row)?.['zh-CN'] ?? '', ...counts.map((one) => one || '·'), all];
    }),
  ]);
}

function movesTable(moves: readonly Moves[]): string {
  return textTable([
    ['', '', '升 up', '降 down', '不变 same'],
    ...moves.map(({ group, label, up, down, same }) => [group, told(label), up, down, same]),
  ]);
}

function parityTable(groups: readonly ParityGroup[]): string {
  return textTable([
    ['', '', '客户 customers', '优质及以上 plain', '中性 neutral', '比 ratio', '中性比 ratio', ''],
    ...groups.map((one) => [
      one.group,
      told(one.label),
      one.customers,
      percent(one.plainShareBp),
      percent(one.neutralShareBp),
      one.plainRatioBp === null ? '—' : percent(one.plainRatioBp),
      one.neutralRatioBp === null ? '—' : percent(one.neutralRatioBp),
      one.isSmall ? '样本过少 too few' : '',
    ]),
  ]);
}

function benefitNames(before: Policy, after: Policy): (id: string) => string {
  const all = [...before.files.benefits.benefits, ...after.files.benefits.benefits];
  const names = new Map(all.map(({ id, label }) => [id, `${id} ${label['zh-CN']}`]));
  return (id) => names.get(id) ?? id;
}

function told(label: Label): string {
  return label['zh-CN'] === label.en ? label.en : `${label['zh-CN']} ${label.en}`;
}

/** Basis points as per cent with two decimals. */
function percent(bp: number): string {
  return `${Math.floor(bp / 100)}.${String(bp % 100).padStart(2, '0')}%`;
}
