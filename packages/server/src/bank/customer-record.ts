import { maskBirthday, maskName, maskPhone } from '@liyu/model';
import type { Customer, Doc, Locale } from '@liyu/model';

interface BranchRow {
  branch: string;
  name: string;
  name_en: string | null;
  personal_banker: boolean;
}

interface ManagerRow {
  manager: string;
  name: string;
  phone: string;
}

/** A row of table `customers` with those of the branch and managers it names, where there are any. */
export interface CustomerRow {
  customer: string;
  name: string | null;
  phone: string | null;
  birthday: string | null;
  birthday_calendar: 'solar' | 'lunar' | null;
  locale: Customer['locale'];
  since: string | null;
  channel: string | null;
  /** Null when the bank doesn't say. */
  consents: string[] | null;
  as_of: string;
  branch_row: BranchRow | null;
  client_manager_row: ManagerRow | null;
  care_manager_row: ManagerRow | null;
}

/**
 * The record that customer and staff get: masked by masking.json, with what the customer set and the
 * tier as they are `held`. Before the customer says otherwise, preferences follow from the consents.
 */
export function customerRecord(
  row: CustomerRow,
  held: Doc | null,
  channelLabels: Readonly<Record<string, Record<Locale, string>>>,
): Doc {
  const before = held as unknown as Customer | null;
  const record: Customer = {
    id: row.customer,
    rev: 0,
    asOf: row.as_of,
    name: row.name === null ? null : maskName(row.name),
    phone: row.phone === null ? null : maskPhone(row.phone),
    birthday: row.birthday === null ? null : maskBirthday(row.birthday),
    birthdayCalendar: row.birthday_calendar,
    locale: before?.locale ?? row.locale,
    since: row.since,
    branch: branchOf(row.branch_row),
    clientManager: personOf(row.client_manager_row),
    careManager: personOf(row.care_manager_row),
    tier: before?.tier ?? null,
    preferences: before?.preferences ?? {
      channel: row.channel,
      channelLabel: labelOf(row.channel, channelLabels),
      contactTime: null,
      care: row.consents?.includes('CARE') ?? false,
      surveys: row.consents?.includes('SURVEY') ?? false,
      personalised: row.consents?.includes('MARKETING') ?? false,
    },
  };
  return record;
}

function labelOf(
  channel: string | null,
  labels: Readonly<Record<string, Record<Locale, string>>>,
): Record<Locale, string> | null {
  const label = channel === null ? undefined : labels[channel];
  return label === undefined ? null : { 'zh-CN': label['zh-CN'], en: label.en };
}

function branchOf(row: BranchRow | null): Customer['branch'] {
  if (row === null) return null;
  const { branch: id, name, name_en: english, personal_banker: personalBanker } = row;
  return { id, name: { 'zh-CN': name, en: english ?? name }, personalBanker };
}

function personOf(row: ManagerRow | null): Customer['clientManager'] {
  if (row === null) return null;
  const { manager: id, name, phone } = row;
  return { id, name, phone };
}
