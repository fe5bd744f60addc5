import type { Doc, Holding } from '@liyu/model';

/** A row of table `holdings`. */
export interface HoldingRow {
  customer: string;
  id: string;
  kind: Holding['kind'];
  name: string;
  name_en: string | null;
  amount_fen: number | null;
  opened: string | null;
  matures: string | null;
  auto_renew: boolean | null;
  as_of: string;
}

/** Of all customers, since a device of staff holds several of them. */
export function holdingId({ customer, id }: Pick<HoldingRow, 'customer' | 'id'>): string {
  return `${customer}:${id}`;
}

export function holdingRecord(row: HoldingRow): Doc {
  const record: Holding = {
    id: holdingId(row),
    rev: 0,
    customer: row.customer,
    kind: row.kind,
    name: { 'zh-CN': row.name, en: row.name_en ?? row.name },
    amountFen: row.amount_fen,
    openedOn: row.opened,
    maturesOn: row.matures,
    autoRenew: row.auto_renew,
    asOf: row.as_of,
  };
  return record;
}
